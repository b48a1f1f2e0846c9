//! Switch: a relationship is served as another class from now on; all that follows is done at once, and undone as one.

use kernel::{Id, Kind, Problem, Result};
use speech::say;

use crate::Class;

/// The id of a switch.
pub type SwitchId = Id<SwitchKind>;

/// Marks ids of switches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SwitchKind;

impl Kind for SwitchKind {
    const PREFIX: &'static str = "swi";
    const NOUN: &'static str = "a switch";
}

/// The classes as which a relationship can be served.
pub const CLASSES: [Class; 2] = [Class::Client, Class::Customer];

/// How it stands before a switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stands {
    /// What the evidence says.
    pub computed: Class,
    /// What a person set, where one did and it counts.
    pub said: Option<Class>,
    /// It became another class by the evidence, and waits for a person's word.
    pub waits: bool,
}

/// What has to be done so that a relationship counts as a class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// What a person set is taken away.
    pub withdraws: bool,
    /// The class is set by hand.
    pub sets: bool,
    /// What waits for a word is answered.
    pub answers: bool,
}

impl Stands {
    /// The class that counts.
    pub fn class(&self) -> Class {
        self.said.unwrap_or(self.computed)
    }
}

impl Course {
    /// To a class: what the evidence says already needs nobody's word, whatever else does.
    pub fn to(class: Class, stands: Stands) -> Course {
        let counts = stands.class() == class;
        Course {
            withdraws: stands.said.is_some() && !counts,
            sets: stands.computed != class && !counts,
            answers: stands.waits,
        }
    }

    /// Whether nothing is to be done.
    pub fn is_nothing(self) -> bool {
        self == Course::default()
    }
}

/// The class as which one of a class is not served: customer for a client, client for everybody else.
pub fn other(class: Class) -> Class {
    if class == Class::Client { Class::Customer } else { Class::Client }
}

/// The class as which somebody is to be served.
///
/// # Errors
/// `switch.to` for a word that is none of them.
pub fn class(word: &str) -> Result<Class> {
    let found = Class::parse(word.trim()).filter(|class| CLASSES.contains(class));
    found.ok_or_else(|| {
        let text = say!("serve as {word:?}: one is served as client or as customer");
        Problem::invalid("to", "switch.to", text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is done on the way to client, then to customer: w for withdraws, s for sets, a for answers.
    #[test]
    fn each_way_takes_the_fewest_words() {
        use Class::{Client, Customer, Former, NotEnough};
        for (computed, said, waits, ways) in [
            (Customer, None, false, ["s", ""]),
            (Client, None, false, ["", "s"]),
            (NotEnough, None, false, ["s", "s"]),
            (Former, None, false, ["s", "s"]),
            (Client, None, true, ["a", "sa"]),
            (Customer, Some(Client), false, ["", "w"]),
            (Client, Some(Customer), false, ["w", ""]),
            (NotEnough, Some(Client), false, ["", "ws"]),
            (Customer, Some(Former), false, ["ws", "w"]),
            (Client, Some(Client), false, ["", "ws"]),
        ] {
            let way = |class| {
                let course = Course::to(class, Stands { computed, said, waits });
                let all = [(course.withdraws, 'w'), (course.sets, 's'), (course.answers, 'a')];
                all.into_iter().filter(|(is, _)| *is).map(|(_, letter)| letter).collect::<String>()
            };
            assert_eq!([way(Client), way(Customer)], ways, "{computed} {said:?} {waits}");
        }
    }

    #[test]
    fn one_is_served_as_client_or_customer() {
        assert_eq!(class(" client ").unwrap(), Class::Client);
        for word in ["prospect", "former", "not enough evidence", "", "vip"] {
            let refused = class(word).unwrap_err();
            assert_eq!((refused.code, refused.field.as_deref()), ("switch.to", Some("to")), "{word}");
        }
    }
}
