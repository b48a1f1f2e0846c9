//! Panel: one relationship: what it is, since when, why, and what would settle it.

use kernel::Day;
use maud::{Markup, Render};
use slice::FROM;
use speech::{html, say, tell};
use ui::{Address, Mark, Panel, Scale, Sign, Strength, Text, Trio, Verdict, WideScale, time};

use super::{
    came::on,
    dated::{dated, judged_on},
    fit,
    overrides::{self, ByHand},
    preference,
    reasons::{Reasons, strength},
    switch, wording,
};
use crate::{
    Lean,
    ops::{ExplainedFact, Explanation, ShownPreference, switch::Switched},
    phrase,
    store::book::Found,
};

/// A relationship with its reasons.
pub(super) struct Judged {
    pub(super) explanation: Explanation,
    pub(super) preference: ShownPreference,
    pub(super) found: Found,
    /// How far the bars of the page reach.
    pub(super) reach: i64,
    pub(super) today: Day,
    pub(super) open: bool,
    /// What people said of it.
    pub(super) by_hand: ByHand,
    /// The evidence made it another class, and nobody has said yet whether they agree.
    pub(super) waits: bool,
    /// What was switched last, where it can be undone.
    pub(super) switched: Option<Switched>,
    /// What was switched or undone just now, for the head of the page.
    pub(super) news: Option<Markup>,
    pub(super) may_write: bool,
    pub(super) csrf: String,
    /// The record in its list, to which leads back what is opened from it.
    pub(super) from: Option<String>,
}

impl Render for Judged {
    fn render(&self) -> Markup {
        let why = &self.explanation;
        let found = &self.found;
        let net = found.currency.map(
            |_| html! { (wording::ten_thousandths(found.net, found.currency)) " " span .faint { "net" } },
        );
        Panel {
            id: why.id.as_str().into(),
            heading: why.line.as_str().into(),
            mark: wording::mark(&why.class),
            scale: Scale {
                band: wording::band_of(why.stop_permille, why.become_permille),
                ..Scale::new(self.sign(), self.strength())
            },
            figure: net,
            fit: Some(html! { @if let Some(wish) = preference::tag(self.preference.in_force.as_deref()) { (wish) " " } (wording::fit(&why.fit)) @if let Some(said) = &why.said { " " (overrides::beside(said)) } }),
            open: self.open,
            body: html! {
                (self.verdict(&wording::ends()))
                @if why.score.is_some() { (self.reasons().contributions()) }
                @if let Some(together) = &why.together { p .tiny .faint { (together.sentence) } }
                p .small { a href=(self.to("/history")) { "How it came to this" } }
                (self.trio())
                @if self.may_write {
                    div .group {
                        p .acts { (switch::ways(|to| self.to(&format!("/switch?to={to}")), &why.class, self.waits)) }
                        @if let Some(done) = &self.switched { (switch::undoing(done, self.from.as_deref(), &self.csrf)) }
                    }
                }
                (self.by_hand)
            },
        }
        .render()
    }
}

impl Judged {
    /// The class with its sign, as the mixture says it; a former one says what it was, where that is known.
    pub(super) fn mixed(&self, first: bool) -> Mark<'static> {
        let why = &self.explanation;
        let word = match (why.class.as_str(), Lean::parse(&why.lean)) {
            ("former", Some(Lean::Client)) => say!("was a client").into_owned(),
            ("former", Some(Lean::Customer)) => say!("was a customer").into_owned(),
            (class, _) => wording::word(class),
        };
        let word = if first { phrase::capital(word) } else { word };
        Mark::new(Sign::of(&why.class), word)
    }

    /// A page of this relationship, which leads back to here.
    fn to(&self, page: &str) -> String {
        let address = Address::new(format!("/relationships/{}{page}", self.explanation.id));
        address.with(FROM, self.from.as_deref()).write()
    }

    /// Of what the evidence says: it is its strength that is drawn.
    fn sign(&self) -> Sign {
        Sign::of(&self.explanation.computed)
    }

    fn strength(&self) -> Option<Strength> {
        strength(&self.explanation)
    }

    fn reasons(&self) -> Reasons<'_> {
        Reasons {
            why: &self.explanation,
            reach: self.reach,
            today: self.today,
            beyond: say!("the history below"),
        }
    }

    fn verdict<'a>(&self, (customer, client): &'a (Text<'_>, Text<'_>)) -> Verdict<'a> {
        let ends = (&**customer, &**client);
        let why = &self.explanation;
        let band = wording::band_of(why.stop_permille, why.become_permille);
        let scale = self.strength().map(|at| WideScale { sign: self.sign(), at, band, ends });
        Verdict { sentence: dated(&why.sentence), support: self.support(), scale }
    }

    /// How much is known, and by what it is judged.
    fn support(&self) -> Markup {
        let why = &self.explanation;
        let (on, policy, version) = (judged_on(&why.as_of, &why.now_is), &why.policy, &why.policy_version);
        html! {
            @if why.score.is_some() { (say!("{} of what could be known is known.", phrase::percent(why.coverage))) " " }
            @if let Some(labels) = why.calibrated_on {
                (say!("By {} of ours the strength is a probability of a client.", ui::plural(labels, "label", "labels"))) " "
            }
            @if let Some(confidence) = &why.confidence { (wording::confidence(confidence)) " " }
            @match why.baseline {
                Some(baseline) => { (tell!("Judged {on}, by the policy {policy}, version {version}, against baseline {baseline} of spend.")) },
                None => { (tell!("Judged {on}, by the policy {policy}, version {version}.")) },
            }
        }
    }

    fn trio(&self) -> Trio<'static> {
        let why = &self.explanation;
        let settle = html! { @for question in &why.ask { p { (question) } } };
        let found = &self.found;
        let net = html! {
            p { (wording::ten_thousandths(found.net, found.currency)) }
            p { (tell!("{purchases}; the last fact is of {day}.", purchases = ui::plural(found.purchases, "purchase", "purchases"), day = time::long(self.last()))) }
            @if found.currency.is_none() { p { "There is no money on record, or it is in several currencies, which are never added." } }
        };
        let settled = (!why.ask.is_empty()).then(|| (say!("What would settle it"), settle));
        let turned = html! {
            @for deed in &why.deeds { p { (deed.sentence) } }
            @if let (true, Some(turn)) = (why.deeds.is_empty(), &why.turn) {
                p { "Nothing that was tried would change it, were it recorded on one day." }
                p .small .soft { (turn.sentence) }
            }
            @if let Some(ahead) = &why.ahead {
                p { (dated(&ahead.sentence)) }
                @if Day::parse(&ahead.on).is_ok_and(|on| on <= self.today) {
                    p .small .soft { (tell!("Judged {}; what happened since then is not on record.", judged_on(&why.as_of, &why.now_is))) }
                }
            }
        };
        let is_told = !why.deeds.is_empty() || why.turn.is_some() || why.ahead.is_some();
        let turned = is_told.then(|| (say!("What would change it"), turned));
        let facts = |heading: Text<'static>, facts: &[ExplainedFact]| {
            let listed = html! { @for fact in facts { (self.fact(fact)) } };
            (!facts.is_empty()).then_some((heading, listed))
        };
        let rests_on = facts(say!("It rests on"), &why.rests_on);
        // Of what it rests on, it is told already.
        let is_told = |fact: &ExplainedFact| why.rests_on.iter().any(|told| told.id == fact.id);
        let hangs_on: Vec<_> = why.hangs_on.iter().filter(|fact| !is_told(fact)).cloned().collect();
        let hangs_on = facts(say!("It hangs on"), &hangs_on);
        let served = why.service.as_ref().map(|_| (say!("Service fit"), fit::served(why, self.today)));
        Trio {
            sections: settled
                .into_iter()
                .chain(rests_on)
                .chain(turned)
                .chain(hangs_on)
                .chain([(say!("Net, all years"), net)])
                .chain([(
                    say!("What they want"),
                    preference::summary(&self.preference, &self.to("/preference")),
                )])
                .collect(),
            whole: served,
        }
    }

    /// A fact, and what it would be without it.
    fn fact(&self, fact: &ExplainedFact) -> Markup {
        html! {
            p .small {
                a href={ "/accounts/" (self.explanation.account) "/facts/" (fact.id) } { (fact.said) }
                ", " (on(&fact.on))
                @if let Some(class) = fact.class_without.as_ref().filter(|class| **class != self.explanation.computed) {
                    (say!("; without it {class}", class = wording::word(class)))
                }
            }
        }
    }

    fn last(&self) -> Day {
        Day(i32::try_from(self.found.last_day).unwrap_or(0))
    }
}
