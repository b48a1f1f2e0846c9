//! How the facts that are recorded by hand read in a history.

use kernel::Money;
use timeline::{
    Entry, Fact, Sentence,
    fact::{Contact, Dealing, Hand, Offer, Preference, Side},
};

/// The sentences of the facts that no slice of its own writes yet.
pub const SENTENCES: &[Sentence] = &[
    Sentence { kind: "invoice", say },
    Sentence { kind: "payment", say },
    Sentence { kind: "work", say },
    Sentence { kind: "contract", say },
    Sentence { kind: "contract_end", say },
    Sentence { kind: "conversation", say },
    Sentence { kind: "meeting", say },
    Sentence { kind: "assignment", say },
    Sentence { kind: "usage", say },
    Sentence { kind: "feedback", say },
    Sentence { kind: "referral", say },
    Sentence { kind: "training", say },
    Sentence { kind: "goal", say },
    Sentence { kind: "interest", say },
    Sentence { kind: "stage", say },
    Sentence { kind: "basis", say },
    Sentence { kind: "wallet", say },
    Sentence { kind: "rhythm", say },
    Sentence { kind: "preference", say },
    Sentence { kind: "other_line", say },
    Sentence { kind: "record_kept", say },
];

fn say(entry: &Entry) -> String {
    match &entry.fact {
        Fact::Invoice(bought) => format!("Invoiced{}{}", offer(bought.offer), money(entry, bought.amount)),
        Fact::Payment(bought) => format!("Paid{}{}", offer(bought.offer), money(entry, bought.amount)),
        Fact::Work(work) => format!("Worked for them, {}{}", hours(work.minutes), by(work.person.as_deref())),
        Fact::Contract(contract) => {
            let until = contract.end.map(|end| format!(" until {end}")).unwrap_or_default();
            let from = contract.start.map(|start| format!(" from {start}")).unwrap_or_default();
            format!("Signed a contract{}{from}{until}", offer(contract.offer))
        }
        Fact::ContractEnd(end) => {
            format!(
                "A contract ended{}",
                end.reason.map(|why| format!(": {}", why.as_str())).unwrap_or_default()
            )
        }
        Fact::Conversation(talk) if talk.held => format!("Talked{}", about(talk)),
        Fact::Conversation(talk) => format!("Not reached{}", about(talk)),
        Fact::Meeting(met) if met.held => format!("Met{}", about(met)),
        Fact::Meeting(met) => format!("A meeting was missed{}", about(met)),
        Fact::Assignment(given) => {
            let until = given.until.map(|day| format!(", until {day}")).unwrap_or_default();
            format!("{} answers for them as {}{until}", given.person, given.role.as_str())
        }
        Fact::Usage(usage) => {
            let parts = [
                part(usage.users, usage.seats, "seats used"),
                part(usage.features, usage.features_available, "features used"),
                usage.power_users.map(|n| format!("{n} of them deeply")),
            ];
            listed("Used what they have", parts.into_iter().flatten())
        }
        Fact::Feedback(feedback) => listed("Told us what they think", feedback.form.clone()),
        Fact::Referral => "Recommended us".to_owned(),
        Fact::Training => "Learnt with us".to_owned(),
        Fact::Goal => "Told us a goal".to_owned(),
        Fact::Interest(interest) => listed("Showed interest", interest.subject.clone()),
        Fact::Stage(stage) => {
            let people = stage.stakeholders.map(|n| format!("{n} of theirs took part"));
            listed("A step of a sale", stage.stage.clone().into_iter().chain(people))
        }
        Fact::Basis(basis) => listed("Why they chose us", basis.reasons.iter().cloned()),
        Fact::Wallet(wallet) => {
            let share = wallet.share.map(|permille| format!("{} % of their need", percent(permille)));
            listed(
                "What we are to them",
                share.into_iter().chain(wallet.sole.then(|| "their only one".to_owned())),
            )
        }
        Fact::Rhythm(rhythm) => format!("Agreed to be in touch every {} days", rhythm.every_days),
        Fact::Preference(stated) => wanted(stated),
        Fact::OtherLine(other) => format!("They deal with us on {} too", other.line),
        Fact::RecordKept(kept) => {
            format!("From here on the register of {} is complete", kept.register.as_str().replace('_', " "))
        }
        Fact::Order(_) | Fact::Refund(_) | Fact::SpendRank(_) => String::new(),
    }
}

/// `They want: no relationship, stated by themselves`; what they said in the words of policy.md §3 is told in them.
fn wanted(stated: &Preference) -> String {
    let what = stated.says.map_or_else(|| stated.wants.as_str().to_owned(), Dealing::spoken);
    let how = stated.how.as_ref().map(|how| format!(", {how}")).unwrap_or_default();
    let noted = stated.noted_by.as_ref().map(|person| format!(", noted by {person}")).unwrap_or_default();
    match stated.hand {
        Hand::Ours => format!("We take it that they want: {what}{how}{noted}"),
        Hand::Told => format!("They want: {what}{}{how}{noted}", by(stated.by.as_deref())),
        Hand::Theirs => format!("They want: {what}, stated by themselves{how}"),
    }
}

/// `Talked: advice, begun by us, with Dana`.
fn about(contact: &Contact) -> String {
    let parts = [
        contact.topic.as_deref().map(|topic| topic.replace('_', " ")),
        (contact.started_by == Side::Us).then(|| "begun by us".to_owned()),
        contact.person.as_ref().map(|person| format!("with {person}")),
        contact.continues.then(|| "to be continued".to_owned()),
    ];
    listed("", parts.into_iter().flatten())
}

fn listed(what: &str, parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<_> = parts.into_iter().collect();
    if parts.is_empty() { what.to_owned() } else { format!("{what}: {}", parts.join(", ")) }
}

fn part(some: Option<i64>, all: Option<i64>, what: &str) -> Option<String> {
    let all = all.map(|all| format!(" of {all}")).unwrap_or_default();
    some.map(|some| format!("{some}{all} {what}"))
}

fn by(person: Option<&str>) -> String {
    person.map(|person| format!(", {person}")).unwrap_or_default()
}

fn offer(offer: Option<Offer>) -> String {
    offer.map(|offer| format!(" for {}", offer.as_str().replace('_', " "))).unwrap_or_default()
}

fn money(entry: &Entry, amount: i64) -> String {
    entry.currency.map(|currency| format!(", {}", Money::new(amount, currency))).unwrap_or_default()
}

/// `45 minutes`, `3 h 30 min`.
fn hours(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} minutes"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// `45`, `12.5`.
fn percent(permille: i64) -> String {
    if permille % 10 == 0 {
        (permille / 10).to_string()
    } else {
        format!("{}.{}", permille / 10, permille % 10)
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
            ]
        );
    }
}
