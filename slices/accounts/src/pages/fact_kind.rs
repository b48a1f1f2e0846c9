//! The kinds of fact that people write down by hand, each with what its form asks.
//!
//! Their texts stand here in English; the form says each of them in the language of whoever reads it.

/// A kind of fact, as a form offers it.
#[derive(Debug)]
pub(super) struct FactKind {
    /// Its word in the vocabulary.
    pub(super) word: &'static str,
    /// With its article: `a conversation`.
    pub(super) name: &'static str,
    /// What happened, in a sentence.
    pub(super) about: &'static str,
    /// What is asked of it, beside its day and its service line.
    pub(super) asks: &'static [Ask],
}

/// A question about a fact.
#[derive(Debug)]
pub(super) struct Ask {
    /// The field of the fact.
    pub(super) field: &'static str,
    /// The question.
    pub(super) label: &'static str,
    /// How it is answered.
    pub(super) way: Way,
}

/// How a question is answered.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way {
    /// In words, such as these.
    Words(&'static str),
    /// In as many words as it takes; it cannot be left out.
    Text,
    /// With a whole number, such as this.
    Number(&'static str),
    /// With a whole number of a hundred; the fact holds it of a thousand.
    Percent(&'static str),
    /// With a day.
    Day,
    /// With an amount and its currency.
    Money,
    /// With one of these: what is kept, how it reads.
    One(&'static [(&'static str, &'static str)]),
    /// With any of these.
    Any(&'static [(&'static str, &'static str)]),
    /// With yes or no; this where nobody says otherwise.
    Yes(bool),
}

const fn ask(field: &'static str, label: &'static str, way: Way) -> Ask {
    Ask { field, label, way }
}

const STARTED: Ask = ask("started_by", "Who began", Way::One(&[("them", "They did"), ("us", "We did")]));
const TOPIC: Ask = ask(
    "topic",
    "About what",
    Way::One(&[
        ("", "Not said"),
        ("advice", "Advice"),
        ("consultation", "A consultation"),
        ("planning", "Planning"),
        ("learning", "How something is used"),
        ("review", "A review of how it goes"),
        ("check_in", "How they are doing"),
        ("training", "Training"),
        ("order_status", "Where an order is"),
        ("technical", "A technical question"),
        ("billing", "A bill"),
        ("complaint", "A complaint"),
        ("refund", "Money back"),
        ("exchange", "An exchange"),
        ("sales", "Something they might buy"),
    ]),
);
const PERSON: Ask = ask("person", "Who of us", Way::Words("Ines Marchetti"));
const CONTINUES: Ask = ask("continues", "It goes on: a follow-up was agreed", Way::Yes(false));
const HELD: Ask = ask("held", "It took place", Way::Yes(true));

/// The kinds, in the order in which they are offered.
pub(super) const KINDS: &[FactKind] = &[
    FactKind {
        word: "conversation",
        name: "a conversation",
        about: "We talked or wrote to each other.",
        asks: &[STARTED, TOPIC, PERSON, HELD, CONTINUES],
    },
    FactKind {
        word: "meeting",
        name: "a meeting",
        about: "We met, or meant to.",
        asks: &[STARTED, TOPIC, PERSON, HELD, CONTINUES],
    },
    FactKind {
        word: "feedback",
        name: "feedback",
        about: "They told us what they think.",
        asks: &[ask(
            "form",
            "How",
            Way::One(&[
                ("", "In their own words"),
                ("rating", "With stars"),
                ("nps", "With a number from 0 to 10"),
            ]),
        )],
    },
    FactKind {
        word: "goal",
        name: "a goal",
        about: "They told us what they want to reach.",
        asks: &[ask("words", "The goal, as they said it", Way::Text)],
    },
    FactKind {
        word: "note",
        name: "a note",
        about: "Something worth knowing about them. It counts for nothing.",
        asks: &[ask("words", "What is worth knowing", Way::Text)],
    },
    FactKind { word: "referral", name: "a referral", about: "They recommended us to somebody.", asks: &[] },
    FactKind { word: "training", name: "a training", about: "They learnt something with us.", asks: &[] },
    FactKind {
        word: "interest",
        name: "interest",
        about: "They asked about more than they have.",
        asks: &[ask(
            "in",
            "In what",
            Way::One(&[
                ("offering", "Something we offer"),
                ("upgrade", "More of what they have"),
                ("demo", "Seeing it shown"),
                ("newsletter", "Our news"),
            ]),
        )],
    },
    FactKind {
        word: "basis",
        name: "why they chose us",
        about: "They told us what decided it.",
        asks: &[ask(
            "reasons",
            "What decided it",
            Way::Any(&[
                ("reputation", "Reputation"),
                ("advice", "Advice"),
                ("expertise", "Expertise"),
                ("recommendation", "A recommendation"),
                ("trust", "Trust"),
                ("price", "Price"),
                ("location", "Place"),
                ("convenience", "Convenience"),
                ("offer", "A special offer"),
                ("availability", "That it was there"),
            ]),
        )],
    },
    FactKind {
        word: "wallet",
        name: "their share with us",
        about: "How much of what they need they buy from us.",
        asks: &[
            ask("share", "Percent of what they need", Way::Percent("60")),
            ask("sole", "We are the only ones", Way::Yes(false)),
            ask("source", "Who says so", Way::One(&[("stated", "They do"), ("estimated", "We guess")])),
        ],
    },
    FactKind {
        word: "stage",
        name: "a step of a sale",
        about: "A sale moved on.",
        asks: &[
            ask("stage", "Which step", Way::Words("proposal")),
            ask("stakeholders", "People of theirs who take part", Way::Number("3")),
        ],
    },
    FactKind {
        word: "assignment",
        name: "a person of ours",
        about: "Somebody of ours looks after them from that day on.",
        asks: &[
            PERSON,
            ask(
                "role",
                "As what",
                Way::One(&[
                    ("named", "Answers for the relationship"),
                    ("team", "One of a team"),
                    ("sales", "Sells to them"),
                    ("performer", "Does the work"),
                ]),
            ),
            ask("until", "Until the day before", Way::Day),
        ],
    },
    FactKind {
        word: "rhythm",
        name: "a rhythm of contact",
        about: "We agreed how often we talk.",
        asks: &[ask("every_days", "Days between two contacts", Way::Number("90"))],
    },
    FactKind {
        word: "work",
        name: "time spent for them",
        about: "Somebody of ours worked for them, billed or not.",
        asks: &[ask("minutes", "Minutes", Way::Number("90")), PERSON],
    },
    FactKind {
        word: "usage",
        name: "use of what they have",
        about: "How much they used it.",
        asks: &[
            ask("users", "People who used it", Way::Number("12")),
            ask("seats", "Seats they have", Way::Number("20")),
            ask("features", "Features used", Way::Number("5")),
            ask("features_available", "Features they have", Way::Number("9")),
            ask("power_users", "People who use it deeply", Way::Number("2")),
        ],
    },
    FactKind {
        word: "refund",
        name: "money given back",
        about: "We gave money back, or a purchase never happened.",
        asks: &[
            ask("amount", "Amount", Way::Money),
            ask(
                "reason",
                "Why",
                Way::One(&[
                    ("refund", "Money back"),
                    ("exchange", "For something else"),
                    ("cancel", "The purchase never happened"),
                ]),
            ),
        ],
    },
];

/// Whether facts of a kind are written down by people, each by itself.
pub fn is_by_hand(kind: &str) -> bool {
    KINDS.iter().any(|known| known.word == kind)
}

/// The kind of that word; the first where there is none.
pub(super) fn named(word: Option<&str>) -> &'static FactKind {
    let known = word.and_then(|word| KINDS.iter().find(|kind| kind.word == word));
    known.unwrap_or(&KINDS[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_a_form_can_be_said_in_another_language() {
        let known = include_str!("../../words/de.po");
        for kind in KINDS {
            let mut all = vec![kind.name, kind.about];
            for ask in kind.asks {
                all.push(ask.label);
                if let Way::One(words) | Way::Any(words) = ask.way {
                    all.extend(words.iter().map(|(_, spoken)| *spoken));
                }
            }
            for text in all {
                assert!(known.contains(&format!("msgid \"{text}\"\n")), "{text}");
            }
        }
    }
}
