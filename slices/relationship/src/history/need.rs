//! Needs: what is met for them, told apart by name (policy.md §5, breadth).

use std::collections::BTreeMap;

use timeline::{
    Fact,
    fact::{Offer, Work},
};

use super::{Bought, Seen, Signed};

/// A need, by its number among those of one history.
pub type Need = usize;

/// The needs of one history.
#[derive(Clone, Debug, Default)]
pub struct Needs<'a> {
    marks: Vec<Mark<'a>>,
    worked: Vec<Option<Need>>,
}

/// What tells needs apart: the named need; else all goods are one; else the offering.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark<'a> {
    Named(&'a str),
    Goods,
    Offering(&'a str),
}

impl<'a> Needs<'a> {
    /// Numbers the needs and gives each purchase, contract and work its own.
    pub(super) fn name(
        bought: &mut [Bought<'a>],
        worked: &[Seen<'a>],
        signed: &mut [Signed<'a>],
    ) -> Needs<'a> {
        let of_bought = |one: &Bought<'a>| mark(&one.body.need, one.body.offer, &one.body.offering);
        let of_signed = |one: &Signed<'a>| mark(&one.body.need, one.body.offer, &one.body.offering);
        let of_work = |seen: &Seen<'a>| work(seen).and_then(|one| mark(&one.need, one.offer, &one.offering));
        let (mut marks, mut numbers) = (Vec::new(), BTreeMap::new());
        let mut number = |mark: Option<Mark<'a>>| {
            let mark = mark?;
            Some(*numbers.entry(mark).or_insert_with(|| {
                marks.push(mark);
                marks.len() - 1
            }))
        };
        bought.iter_mut().for_each(|one| one.need = number(of_bought(one)));
        signed.iter_mut().for_each(|one| one.need = number(of_signed(one)));
        let worked = worked.iter().map(|seen| number(of_work(seen))).collect();
        Needs { marks, worked }
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.marks.len()
    }

    /// The need that the nth work meets.
    pub(crate) fn worked(&self, nth: usize) -> Option<Need> {
        self.worked.get(nth).copied().flatten()
    }

    /// Its name for a sentence.
    pub(crate) fn word(&self, need: Need) -> &'a str {
        match self.marks.get(need) {
            Some(Mark::Named(name) | Mark::Offering(name)) => name,
            Some(Mark::Goods) | None => "goods",
        }
    }
}

/// The work of a fact.
pub(crate) fn work<'a>(seen: &Seen<'a>) -> Option<&'a Work> {
    match &seen.entry.fact {
        Fact::Work(work) => Some(work),
        _ => None,
    }
}

/// A text that says something.
pub(crate) fn said(text: &Option<String>) -> Option<&str> {
    text.as_deref().filter(|text| !text.is_empty())
}

fn mark<'a>(
    need: &'a Option<String>,
    offer: Option<Offer>,
    offering: &'a Option<String>,
) -> Option<Mark<'a>> {
    match (said(need), offer, said(offering)) {
        (Some(need), _, _) => Some(Mark::Named(need)),
        (None, Some(Offer::Goods), _) => Some(Mark::Goods),
        (None, _, offering) => offering.map(Mark::Offering),
    }
}
