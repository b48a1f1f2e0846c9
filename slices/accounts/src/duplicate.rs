//! Whether two accounts are one party: what is compared, how likely it is, and why, in words.

use serde::{Deserialize, Serialize};
use stats::linkage::{ABSENT, Kind, Level, Model, Parameters, alike, probability};

mod plain;

pub use plain::{mailbox, spelled};

/// Pairs that are at least so likely the same party are shown to people.
pub const SHOWN: f64 = 0.2;
/// Pairs that are more likely the same party than not.
pub const LIKELY: f64 = 0.5;

/// What is compared, in the order of the columns of the model.
pub const FIELDS: [(&str, Kind); 3] = [("name", Kind::Word), ("email", Kind::Email), ("country", Kind::Word)];

/// What of an account is compared; nothing where it is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traits {
    /// By field, as it is compared.
    pub values: [Option<String>; FIELDS.len()],
}

impl Traits {
    /// The traits of an account; a name that is only a number is none.
    pub fn of(name: &str, email: &str, country: &str) -> Traits {
        let filled = |text: String| (!text.is_empty()).then_some(text);
        let name = spelled(name);
        let named = name.chars().any(char::is_alphabetic);
        Traits {
            values: [
                filled(name).filter(|_| named),
                filled(mailbox(email)),
                filled(country.trim().to_lowercase()),
            ],
        }
    }

    /// The keys by which accounts like this one are found: its name; its address; the house of its address, where that is
    /// its own; the beginnings of the first and the last word of its name; its longest word.
    pub fn keys(&self) -> Vec<i64> {
        let mut keys = Vec::new();
        let [name, email, _] = &self.values;
        if let Some(name) = name {
            keys.push(hash("name", name));
            let words: Vec<&str> = name.split(' ').collect();
            let head = |word: &str| word.chars().take(4).collect::<String>();
            if let (Some(first), Some(last)) = (words.first(), words.last()) {
                keys.push(hash("heads", &format!("{} {}", head(first), head(last))));
            }
            let longest = words.iter().max_by_key(|word| word.chars().count());
            keys.extend(longest.filter(|word| 5 < word.chars().count()).map(|word| hash("word", word)));
        }
        if let Some(email) = email {
            keys.push(hash("email", email));
            let house = email.split_once('@').map(|(_, house)| house);
            keys.extend(house.filter(|house| !plain::is_public(house)).map(|house| hash("house", house)));
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// The key of its name alone.
    pub fn name_key(&self) -> Option<i64> {
        self.values[0].as_ref().map(|name| hash("name", name))
    }
}

/// FNV-1a, with the rule that made the key in it.
fn hash(rule: &str, text: &str) -> i64 {
    let bytes = rule.bytes().chain([0]).chain(text.bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    hash.cast_signed()
}

/// How two accounts compare in one field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Reason {
    /// name, email or country.
    pub field: String,
    /// How the two compare, in words.
    pub says: String,
    /// How much that speaks for one party, in bits; below zero for what speaks against.
    pub bits: f64,
}

/// What comparing two accounts came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The probability that both are one party.
    pub probability: f64,
    /// Why, field by field; fields that one of them lacks are left out.
    pub reasons: Vec<Reason>,
}

/// How accounts are compared in this house.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Yardstick {
    /// How many accounts there were when it was made.
    pub accounts: i64,
    /// The model.
    pub model: Model,
}

impl Yardstick {
    /// What holds before there are enough accounts to learn from: each level twice as often as the one below among those
    /// that are the same; among others as often as in the public sets of people and firms (docs/methods/linkage.md).
    pub fn standard(accounts: i64) -> Yardstick {
        let m = FIELDS.iter().map(|(_, kind)| {
            let sum = f64::from(1_u32 << kind.levels()) - 1.0;
            (0..kind.levels()).map(|level| f64::from(1_u32 << level) / sum).collect()
        });
        let u = vec![
            vec![0.965, 0.022, 0.006, 0.0015, 0.0015, 0.000_5, 0.000_5, 0.000_01],
            vec![0.9991, 0.0003, 0.0002, 0.0002, 0.0002],
            vec![0.7, 0.02, 0.005, 0.005, 0.005, 0.0025, 0.0025, 0.26],
        ];
        let parameters = Parameters { prior: 0.0, m: m.collect(), u };
        Yardstick { accounts, model: Model { kinds: FIELDS.map(|(_, kind)| kind).to_vec(), parameters } }
    }

    /// Compares two accounts. `alike` is how many accounts have the name of the first.
    ///
    /// Before anything is compared every second account is taken to have one duplicate among all, however many there are.
    pub fn compare(&self, a: &Traits, b: &Traits, alike: usize) -> Verdict {
        let accounts = self.accounts.max(1_000) as f64;
        let mut weight = (1.0 / accounts).log2();
        let mut reasons = Vec::new();
        for (n, (field, kind)) in FIELDS.iter().enumerate() {
            let level = match (&a.values[n], &b.values[n]) {
                (Some(a), Some(b)) => self::alike(*kind, a, b),
                _ => ABSENT,
            };
            if level == ABSENT {
                continue;
            }
            let same_name = n == 0 && usize::from(level) + 1 == kind.levels();
            let bits = match same_name {
                // Two with one name are no more than chance brings; what more have it speaks against it.
                true => {
                    let usual = self.model.parameters.u[n][usize::from(level)];
                    let share = alike.saturating_sub(2) as f64 / accounts;
                    self.model.weigh_shared(n, level, share.max(usual))
                }
                false => self.model.weigh(n, level),
            };
            weight += bits;
            let says = words(field, *kind, level);
            let rounded = (bits * 10.0).round() / 10.0;
            reasons.push(Reason { field: (*field).to_owned(), says, bits: rounded });
        }
        Verdict { probability: probability(weight), reasons }
    }
}

/// How two values compare, in words.
fn words(field: &str, kind: Kind, level: Level) -> String {
    let top = usize::from(level) + 1 == kind.levels();
    match (field, level) {
        ("email", _) if top => "the same email address".to_owned(),
        ("email", 3) => "the same mailbox at another address".to_owned(),
        ("email", 1 | 2) => "email addresses much alike".to_owned(),
        ("email", _) => "different email addresses".to_owned(),
        ("name", _) if top => "the same name".to_owned(),
        (_, _) if top => format!("the same {field}"),
        ("name", 4..) => "names that differ by a letter or two".to_owned(),
        ("name", 2 | 3) => "names much alike".to_owned(),
        (_, 2..) => format!("a {field} spelled alike"),
        _ => format!("a different {field}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_firm_is_found_under_another_spelling_and_a_stranger_is_not() {
        let rook = Traits::of("Rook & Daughters Ltd.", "ida@rook.example", "United Kingdom");
        let again = Traits::of("ROOK AND DAUGHTERS", "", "united kingdom");
        let other = Traits::of("Wick Bakery", "hello@wick.example", "Norway");
        let yardstick = Yardstick::standard(100);
        assert!(LIKELY <= yardstick.compare(&rook, &again, 2).probability);
        assert!(yardstick.compare(&rook, &other, 2).probability < 0.001);
        assert!(rook.keys().iter().any(|key| again.keys().contains(key)));
        assert!(!rook.keys().iter().any(|key| other.keys().contains(key)));
        let told = yardstick.compare(&rook, &again, 2).reasons;
        assert_eq!([&*told[0].says, &*told[1].says], ["the same name", "the same country"]);
    }

    #[test]
    fn a_name_that_many_have_tells_less() {
        let smith = Traits::of("John Smith", "", "");
        let yardstick = Yardstick::standard(100_000);
        let few = yardstick.compare(&smith, &smith, 2).probability;
        let many = yardstick.compare(&smith, &smith, 200).probability;
        assert!(many < few / 10.0, "{many} {few}");
    }

    #[test]
    fn a_number_is_no_name() {
        assert!(Traits::of("17850", "", "").keys().is_empty());
    }
}
