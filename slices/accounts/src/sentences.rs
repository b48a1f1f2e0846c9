//! How the facts that are recorded by hand read in a history.

use std::borrow::Cow;

use kernel::Money;
use speech::{say, word};
use timeline::{
    Entry, Fact, Sentence,
    fact::{Contact, Dealing, Hand, Offer, Preference, Side},
};

/// The sentences of the facts that no slice of its own writes yet.
pub const SENTENCES: &[Sentence] = &[
    Sentence { kind: "invoice", say: told },
    Sentence { kind: "payment", say: told },
    Sentence { kind: "work", say: told },
    Sentence { kind: "contract", say: told },
    Sentence { kind: "contract_end", say: told },
    Sentence { kind: "conversation", say: told },
    Sentence { kind: "meeting", say: told },
    Sentence { kind: "assignment", say: told },
    Sentence { kind: "usage", say: told },
    Sentence { kind: "feedback", say: told },
    Sentence { kind: "referral", say: told },
    Sentence { kind: "training", say: told },
    Sentence { kind: "goal", say: told },
    Sentence { kind: "interest", say: told },
    Sentence { kind: "stage", say: told },
    Sentence { kind: "basis", say: told },
    Sentence { kind: "wallet", say: told },
    Sentence { kind: "rhythm", say: told },
    Sentence { kind: "preference", say: told },
    Sentence { kind: "other_line", say: told },
    Sentence { kind: "record_kept", say: told },
    Sentence { kind: "note", say: told },
];

fn told(entry: &Entry) -> String {
    match &entry.fact {
        Fact::Invoice(bought) => {
            say!("Invoiced").into_owned() + &offer(bought.offer) + &money(entry, bought.amount)
        }
        Fact::Payment(bought) => {
            say!("Paid").into_owned() + &offer(bought.offer) + &money(entry, bought.amount)
        }
        Fact::Work(work) => say!("Worked for them, {}", hours(work.minutes)) + &by(work.person.as_deref()),
        Fact::Contract(contract) => {
            let from = contract.start.map(|start| say!(" from {start}")).unwrap_or_default();
            let until = contract.end.map(|end| say!(" until {end}")).unwrap_or_default();
            say!("Signed a contract").into_owned() + &offer(contract.offer) + &from + &until
        }
        Fact::ContractEnd(end) => listed(say!("A contract ended"), end.reason.map(|why| word!(why.as_str()))),
        Fact::Conversation(talk) if talk.held => listed(say!("Talked"), about(talk)),
        Fact::Conversation(talk) => listed(say!("Not reached"), about(talk)),
        Fact::Meeting(met) if met.held => listed(say!("Met"), about(met)),
        Fact::Meeting(met) => listed(say!("A meeting was missed"), about(met)),
        Fact::Assignment(given) => {
            let until = given.until.map(|day| say!(", until {day}")).unwrap_or_default();
            say!("{} answers for them as {}", given.person, word!(given.role.as_str())) + &until
        }
        Fact::Rhythm(rhythm) => say!("Agreed to be in touch every {} days", rhythm.every_days),
        Fact::Preference(stated) => wanted(stated),
        Fact::OtherLine(other) => say!("They deal with us on {} too", other.line),
        Fact::RecordKept(kept) => {
            let register = word!(kept.register.as_str().replace('_', " "));
            say!("From this day on everything of this kind is on record: {register}")
        }
        Fact::Note(note) => listed(say!("Noted"), [note.words.clone()]),
        Fact::Order(_) | Fact::Refund(_) | Fact::SpendRank(_) => String::new(),
        Fact::Usage(_) | Fact::Feedback(_) | Fact::Referral | Fact::Training | Fact::Goal(_) => {
            heard(&entry.fact)
        }
        Fact::Interest(_) | Fact::Stage(_) | Fact::Basis(_) | Fact::Wallet(_) => heard(&entry.fact),
    }
}

/// What they told us, or showed by what they do.
fn heard(fact: &Fact) -> String {
    match fact {
        Fact::Usage(usage) => {
            let seats = match (usage.users, usage.seats) {
                (Some(some), Some(all)) => Some(say!("{some} of {all} seats used")),
                (some, _) => some.map(|some| say!("{some} seats used")),
            };
            let features = match (usage.features, usage.features_available) {
                (Some(some), Some(all)) => Some(say!("{some} of {all} features used")),
                (some, _) => some.map(|some| say!("{some} features used")),
            };
            let deeply = usage.power_users.map(|n| say!("{n} of them deeply"));
            listed(say!("Used what they have"), [seats, features, deeply].into_iter().flatten())
        }
        Fact::Feedback(feedback) => {
            listed(say!("Told us what they think"), feedback.form.iter().map(|form| word!(form)))
        }
        Fact::Referral => say!("Recommended us").into(),
        Fact::Training => say!("Learnt with us").into(),
        Fact::Goal(goal) => listed(say!("Told us a goal"), goal.words.clone()),
        Fact::Interest(interest) => {
            listed(say!("Showed interest"), interest.subject.iter().map(|subject| word!(subject)))
        }
        Fact::Stage(stage) => {
            let people = stage.stakeholders.map(|n| say!("{n} of theirs took part"));
            listed(say!("A step of a sale"), stage.stage.clone().into_iter().chain(people))
        }
        Fact::Basis(basis) => {
            listed(say!("Why they chose us"), basis.reasons.iter().map(|reason| word!(reason)))
        }
        Fact::Wallet(wallet) => {
            let share = wallet.share.map(|permille| say!("{} % of their need", percent(permille)));
            let sole = wallet.sole.then(|| say!("their only one").into());
            listed(say!("What we are to them"), share.into_iter().chain(sole))
        }
        _ => String::new(),
    }
}

/// `They want: no relationship, stated by themselves`; what they said in the words of policy.md §3 is told in them.
fn wanted(stated: &Preference) -> String {
    let what = word!(stated.says.map_or_else(|| stated.wants.as_str().to_owned(), Dealing::spoken));
    let how = stated.how.as_ref().map(|how| format!(", {how}")).unwrap_or_default();
    let noted = stated.noted_by.as_ref().map(|person| say!(", noted by {person}")).unwrap_or_default();
    match stated.hand {
        Hand::Ours => say!("We take it that they want: {what}") + &how + &noted,
        Hand::Told => say!("They want: {what}") + &by(stated.by.as_deref()) + &how + &noted,
        Hand::Theirs => say!("They want: {what}, stated by themselves") + &how,
    }
}

/// `advice, begun by us, with Dana`.
fn about(contact: &Contact) -> impl Iterator<Item = String> {
    let parts = [
        contact.topic.as_deref().map(|topic| word!(topic.replace('_', " "))),
        (contact.started_by == Side::Us).then(|| say!("begun by us").into()),
        contact.person.as_ref().map(|person| say!("with {person}")),
        contact.continues.then(|| say!("to be continued").into()),
    ];
    parts.into_iter().flatten()
}

fn listed(what: Cow<'static, str>, parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<_> = parts.into_iter().collect();
    if parts.is_empty() { what.into() } else { format!("{what}: {}", parts.join(", ")) }
}

fn by(person: Option<&str>) -> String {
    person.map(|person| format!(", {person}")).unwrap_or_default()
}

fn offer(offer: Option<Offer>) -> String {
    let offer = offer.map(|offer| word!(offer.as_str().replace('_', " ")));
    offer.map(|offer| say!(" for {offer}")).unwrap_or_default()
}

fn money(entry: &Entry, amount: i64) -> String {
    let amount = entry.currency.map(|currency| speech::money(Money::new(amount, currency)));
    amount.map(|amount| format!(", {amount}")).unwrap_or_default()
}

/// `45 minutes`, `3 h 30 min`.
fn hours(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => say!("{minutes} minutes"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// `45`, `12.5`.
fn percent(permille: i64) -> String {
    if permille % 10 == 0 {
        (permille / 10).to_string()
    } else {
        speech::decimal(&format!("{}.{}", permille / 10, permille % 10))
    }
}

#[cfg(test)]
mod tests {
    use kernel::{Currency, Day};
    use serde_json::json;
    use timeline::{AccountId, FactId, LineId};

    use super::*;

    fn read(fact: serde_json::Value) -> String {
        let fact: Fact = serde_json::from_value(fact).unwrap();
        let occurred = Day::parse("2025-03-04").unwrap().moment();
        let currency = Some(Currency::parse("GBP").unwrap());
        let (id, account, line) = (FactId::new(1), AccountId::new(1), LineId::new(1));
        let entry = Entry { id, account, line, occurred, recorded_at: 0, currency, source: None, fact };
        let kind = entry.fact.kind();
        let sentence = SENTENCES.iter().find(|sentence| sentence.kind == kind).unwrap();
        (sentence.say)(&entry)
    }

    #[test]
    fn what_was_written_by_hand_reads_as_a_person_would_say_it() {
        let told = [
            json!({"kind": "invoice", "amount": 24_000_000, "offer": "managed_service"}),
            json!({"kind": "work", "minutes": 210, "person": "Dana"}),
            json!({"kind": "meeting", "topic": "advice", "person": "Dana", "continues": true}),
            json!({"kind": "conversation", "held": false, "started_by": "us"}),
            json!({"kind": "usage", "users": 9, "seats": 12}),
            json!({"kind": "wallet", "share": 455, "sole": true}),
            json!({"kind": "rhythm", "every_days": 30}),
            json!({"kind": "referral"}),
            json!({"kind": "goal"}),
            json!({"kind": "goal", "words": "close payroll in 2 days"}),
            json!({"kind": "note", "words": "bought a boat"}),
        ];
        assert_eq!(
            told.map(read),
            [
                "Invoiced for managed service, £2,400.00",
                "Worked for them, 3 h 30 min, Dana",
                "Met: advice, with Dana, to be continued",
                "Not reached: begun by us",
                "Used what they have: 9 of 12 seats used",
                "What we are to them: 45.5 % of their need, their only one",
                "Agreed to be in touch every 30 days",
                "Recommended us",
                "Told us a goal",
                "Told us a goal: close payroll in 2 days",
                "Noted: bought a boat",
            ]
        );
    }
}
