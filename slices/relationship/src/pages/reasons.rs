//! Reasons: the lines of the sum as bars, each opening to the facts behind it.

use kernel::Day;
use speech::{html, say};
use ui::{Backing, Contribution, Contributions, Strength, Text, time};

use super::wording;
use crate::ops::{ExplainedFact, ExplainedLine, Explanation};

/// The contributions of an explanation.
pub(super) struct Reasons<'a> {
    pub(super) why: &'a Explanation,
    /// How far the bars of the page reach.
    pub(super) reach: i64,
    pub(super) today: Day,
    /// Where the facts beyond those listed are.
    pub(super) beyond: Text<'static>,
}

impl<'a> Reasons<'a> {
    pub(super) fn contributions(&self) -> Contributions<'a> {
        let mut lines: Vec<_> = self.why.contributions.iter().map(|line| self.line(line)).collect();
        let first = match lines.is_empty() {
            true => Contribution::none(say!("Starting point"), ""),
            false => lines.remove(0),
        };
        let ends = wording::ends();
        Contributions { first, lines, strength: strength(self.why), reach: self.reach, ends }
    }

    fn line(&self, line: &'a ExplainedLine) -> Contribution<'a> {
        if line.x.is_none() && line.micro == 0 {
            return Contribution::none(line.word.as_str(), &line.evidence);
        }
        let further = (0 < line.further).then(|| Backing {
            when: html! { span {} },
            what: html! { (say!("and {} more, in {}", ui::count(line.further), self.beyond)) },
            without: None,
        });
        let shown = Contribution::new(line.word.as_str(), line.micro, &line.evidence);
        shown.facts(line.facts.iter().map(|fact| self.backing(fact)).chain(further))
    }

    fn backing(&self, fact: &ExplainedFact) -> Backing {
        let day = Day::parse(&fact.on);
        let score = self.why.score.unwrap_or(0);
        Backing {
            when: html! { @if let Ok(day) = day { (time::short(day, self.today)) } },
            what: html! {
                a href={ "/accounts/" (self.why.account) "/facts/" (fact.id) } { (fact.said) }
                " " span .faint { (wording::source(fact.source.as_ref())) }
            },
            without: fact.without.map(|change| (change, Strength::of_score(score + change))),
        }
    }
}

/// Only customers and clients have one.
pub(super) fn strength(why: &Explanation) -> Option<Strength> {
    why.score.filter(|_| why.strength.is_some()).map(Strength::of_score)
}
