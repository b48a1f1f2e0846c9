//! Breadth of needs: how many needs, met one after another?

use kernel::Day;
use speech::say;
use timeline::{
    Fact, FactId,
    fact::{Contract, Offer, OtherLine, Purchase, Work},
};

use crate::{
    Dimension, DimensionName, History,
    history::{Group, Need, said, work},
    phrase,
};

/// Thousandths of a need.
pub struct Breadth;

impl Dimension for Breadth {
    fn name(&self) -> DimensionName {
        DimensionName::Breadth
    }

    fn measure(&self, history: &History) -> Option<i64> {
        let rows = Rows::read(history);
        if rows.needs() < 2 && !rows.is_news() {
            return None;
        }
        let mut first: Vec<Day> = rows.first.iter().copied().flatten().collect();
        first.sort_unstable();
        let later = first.windows(2).map(|pair| if pair[0] == pair[1] { 500 } else { 1000 });
        Some(1000 + later.sum::<i64>() + 500 * count(other_lines(history).len()))
    }

    fn version(&self, history: &History) -> i64 {
        // While no commitment comes, the begin of the window only moves on.
        let since = since(history);
        let contracts = history.contracts().iter();
        let begun = contracts.map(|one| i64::from(one.from <= history.now()) + i64::from(one.from < since));
        let bought = history.purchases().filter(|one| one.day < since).count();
        let seen = |group| history.of(group).iter().filter(|seen| seen.day < since).count();
        let out = bought + seen(Group::Work) + seen(Group::OtherLine);
        (history.committed() << 32) + history.seen(&[Group::OtherLine]) + count(out) + begun.sum::<i64>()
    }

    fn facts(&self, history: &History) -> Vec<FactId> {
        let since = since(history);
        let mut found: Vec<FactId> = Vec::new();
        let mut met = vec![false; history.needs().count()];
        for row in rows(history).filter(|row| since <= row.day && row.day <= history.now()) {
            let Some(need) = row.need else { continue };
            if !std::mem::replace(&mut met[need], true) {
                found.push(row.id);
            }
        }
        let lines = history.of(Group::OtherLine).iter().filter(|seen| since <= seen.day);
        found.extend(lines.map(|seen| seen.entry.id));
        found
    }

    fn evidence(&self, history: &History) -> String {
        if self.measure(history).is_none() {
            return say!("No evidence: needs are not recorded by name").into_owned();
        }
        let rows = Rows::read(history);
        let met = rows.first.iter().enumerate().filter(|(_, day)| day.is_some());
        let words: Vec<String> = met.map(|(need, _)| speech::word!(history.needs().word(need))).collect();
        let needs = phrase::count(count(words.len()), "need", "needs");
        let words = words.join(", ");
        match other_lines(history).len() {
            0 => format!("{needs}: {words}"),
            n => {
                let others = phrase::count(count(n), "other line", "other lines");
                say!("{needs}: {words}, and {others}")
            }
        }
    }
}

/// A purchase, work or contract that may meet a need.
struct Row {
    id: FactId,
    day: Day,
    need: Option<Need>,
    named: bool,
    goods: bool,
}

/// What the rows in the window say together.
struct Rows {
    first: Vec<Option<Day>>,
    rows: i64,
    named: i64,
    named_no_goods: bool,
}

impl Rows {
    fn read(history: &History) -> Rows {
        let since = since(history);
        let first = vec![None; history.needs().count()];
        let mut all = Rows { first, rows: 0, named: 0, named_no_goods: false };
        for row in rows(history).filter(|row| since <= row.day && row.day <= history.now()) {
            all.rows += 1;
            all.named += i64::from(row.named);
            all.named_no_goods |= row.named && !row.goods;
            if let Some(need) = row.need {
                let first = &mut all.first[need];
                *first = Some(first.map_or(row.day, |day| day.min(row.day)));
            }
        }
        all
    }

    fn needs(&self) -> usize {
        self.first.iter().flatten().count()
    }

    /// One need is news only if records name it, and not all of them are goods.
    fn is_news(&self) -> bool {
        self.rows.max(1) <= 2 * self.named && self.named_no_goods
    }
}

fn since(history: &History) -> Day {
    let window = i32::try_from(history.policy().windows.breadth).unwrap_or(i32::MAX);
    let far = history.now().plus(-window).plus(1);
    far.min(history.running_since().unwrap_or(history.now()))
}

/// Binding contracts from their start, kept purchases, work.
fn rows<'h>(history: &'h History) -> impl Iterator<Item = Row> + 'h {
    let of_contract = |body: &Contract| (said(&body.need).is_some(), body.offer);
    let of_purchase = |body: &Purchase| (said(&body.need).is_some(), body.offer);
    let of_work = |body: &Work| (said(&body.need).is_some(), body.offer);
    let row = |id, day, need, (named, offer): (bool, Option<Offer>)| Row {
        id,
        day,
        need,
        named,
        goods: offer == Some(Offer::Goods),
    };
    let signed = history.contracts().iter().filter(|one| one.binds());
    let signed = signed.map(move |one| row(one.id, one.from, one.need, of_contract(one.body)));
    let kept = history.kept().map(move |one| row(one.id, one.day, one.need, of_purchase(one.body)));
    let worked = history.of(Group::Work).iter().enumerate().filter_map(move |(nth, seen)| {
        Some(row(seen.entry.id, seen.day, history.needs().worked(nth), of_work(work(seen)?)))
    });
    signed.chain(kept).chain(worked)
}

/// Other service lines in the window, each once.
fn other_lines<'a>(history: &History<'a>) -> Vec<&'a str> {
    let since = since(history);
    let mut lines: Vec<&str> =
        history.of(Group::OtherLine).iter().filter(|seen| since <= seen.day).filter_map(line).collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

fn line<'a>(seen: &crate::history::Seen<'a>) -> Option<&'a str> {
    match &seen.entry.fact {
        Fact::OtherLine(OtherLine { line }) => Some(line),
        _ => None,
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
