//! Whether two accounts are one party: what is compared, how likely it is, and why, in words.

use serde::{Deserialize, Serialize};
use stats::linkage::{ABSENT, Kind, Level, Model, Parameters, alike, probability};

use crate::domain;

mod plain;

pub use plain::{is_public, mailbox, spelled};

/// Pairs that are at least so likely the same party are shown to people.
pub const SHOWN: f64 = 0.2;
/// Pairs that are more likely the same party than not.
pub const LIKELY: f64 = 0.5;
/// So many of one party that are written down twice have another number, website or address the second time.
const CHANGED: f64 = 0.2;

/// What is compared, in the order of the columns of the model.
pub const FIELDS: [(&str, Kind); 6] = [
    ("name", Kind::Word),
    ("email", Kind::Email),
    ("country", Kind::Word),
    ("phone", Kind::Code),
    ("website", Kind::Word),
    ("address", Kind::Word),
];

/// What of an account is compared; nothing where it is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traits {
    /// By field, as it is compared.
    pub values: [Option<String>; FIELDS.len()],
}

impl Traits {
    /// The traits of an account from what stands in its fields; a name that is only a number is none.
    pub fn of<'s>(field: impl Fn(&str) -> &'s str) -> Traits {
        let filled = |text: String| (!text.is_empty()).then_some(text);
        let name = spelled(field("name"));
        let named = name.chars().any(char::is_alphabetic);
        Traits {
            values: [
                filled(name).filter(|_| named),
                filled(mailbox(field("email"))),
                filled(field("country").trim().to_lowercase()),
                filled(plain::line(field("phone"))),
                domain::key(field("website")),
                filled(plain::place([field("street"), field("postcode"), field("city")])),
            ],
        }
    }

    /// The keys by which accounts like this one are found: its name; its address; the house of its address or website,
    /// where that is its own; the beginnings of the first and the last word of its name; its longest word; its telephone
    /// number; where it is.
    pub fn keys(&self) -> Vec<i64> {
        let mut keys = Vec::new();
        let [name, email, _, phone, website, address] = &self.values;
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
        keys.extend(email.iter().map(|email| hash("email", email)));
        let houses = email.iter().filter_map(|email| email.split_once('@')).map(|(_, house)| house);
        let houses = houses.chain(website.as_deref());
        keys.extend(houses.filter(|house| !is_public(house)).map(|house| hash("house", house)));
        keys.extend(phone.iter().map(|phone| hash("phone", phone)));
        keys.extend(address.iter().map(|address| hash("address", address)));
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
    /// name, email, country, phone, website or address.
    pub field: String,
    /// How the two compare, in words.
    pub says: String,
    /// How much that speaks for one party, in bits; below zero for what speaks against.
    pub bits: f64,
}

impl Reason {
    /// Whether the two agree in it. What nearly everybody shares speaks for nobody, and is no difference either.
    pub fn agrees(&self) -> bool {
        0.0 < self.bits || self.says.starts_with("the same")
    }
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
    /// that are the same, but that one in five has another number, website or address by now; among others as often as in
    /// the public sets of people and firms (docs/methods/linkage.md).
    pub fn standard(accounts: i64) -> Yardstick {
        let m = FIELDS.iter().map(|(field, kind)| {
            let sum = f64::from(1_u32 << kind.levels()) - 1.0;
            let usual = (0..kind.levels()).map(|level| f64::from(1_u32 << level) / sum);
            match *field {
                "phone" | "website" | "address" => {
                    let kept = (1.0 - CHANGED) / (1.0 - 1.0 / sum);
                    std::iter::once(CHANGED).chain(usual.skip(1).map(|share| share * kept)).collect()
                }
                _ => usual.collect(),
            }
        });
        let u = vec![
            vec![0.965, 0.022, 0.006, 0.0015, 0.0015, 0.000_5, 0.000_5, 0.000_01],
            vec![0.9991, 0.0003, 0.0002, 0.0002, 0.0002],
            vec![0.7, 0.02, 0.005, 0.005, 0.005, 0.0025, 0.0025, 0.26],
            vec![0.9989, 0.0006, 0.0003, 0.0002],
            vec![0.9825, 0.015, 0.001, 0.0003, 0.0003, 0.0003, 0.0003, 0.0003],
            vec![0.965, 0.025, 0.006, 0.002, 0.001, 0.0003, 0.0003, 0.0004],
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
                // Two with one name are no more than chance brings; what more have it speaks against it. What two of a
                // large house have is rarer than what a sample of it can tell: half an account of all.
                true => {
                    let usual = self.model.parameters.u[n][usize::from(level)].min(0.5 / accounts);
                    let share = alike.saturating_sub(2) as f64 / accounts;
                    self.model.weigh_shared(n, level, share.max(usual))
                }
                // What nearly all have in common speaks for nothing, and never against.
                false if usize::from(level) + 1 == kind.levels() => self.model.weigh(n, level).max(0.0),
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
        ("phone", _) if top => "the same telephone number".to_owned(),
        ("phone", 1..) => "telephone numbers that differ by a digit or two".to_owned(),
        ("phone", _) => "different telephone numbers".to_owned(),
        ("address", 0) => "different addresses".to_owned(),
        (_, _) if top => format!("the same {field}"),
        ("name", 4..) => "names that differ by a letter or two".to_owned(),
        ("name", 2 | 3) => "names much alike".to_owned(),
        ("address", _) => "addresses much alike".to_owned(),
        (_, 2..) => format!("a {field} spelled alike"),
        _ => format!("a different {field}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(fields: &[(&'static str, &'static str)]) -> Traits {
        Traits::of(|wanted| {
            let found = fields.iter().find(|(field, _)| *field == wanted);
            found.map_or("", |(_, value)| *value)
        })
    }

    #[test]
    fn a_firm_is_found_under_another_spelling_and_a_stranger_is_not() {
        let rook = known(&[
            ("name", "Rook & Daughters Ltd."),
            ("email", "ida@rook.example"),
            ("country", "United Kingdom"),
        ]);
        let again = known(&[("name", "ROOK AND DAUGHTERS"), ("country", "united kingdom")]);
        let other = known(&[("name", "Wick Bakery"), ("email", "hello@wick.example"), ("country", "Norway")]);
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
        let smith = known(&[("name", "John Smith")]);
        let yardstick = Yardstick::standard(100_000);
        let few = yardstick.compare(&smith, &smith, 2).probability;
        let many = yardstick.compare(&smith, &smith, 200).probability;
        assert!(many < few / 10.0, "{many} {few}");
    }

    #[test]
    fn a_number_is_no_name() {
        assert!(known(&[("name", "17850")]).keys().is_empty());
    }

    #[test]
    fn a_telephone_or_an_address_tells_two_names_of_one_party() {
        let rook = known(&[
            ("name", "Rook & Daughters"),
            ("phone", "+44 (0)20 7946 0018"),
            ("website", "https://www.rook.example/about"),
            ("street", "12 Mill Lane"),
            ("postcode", "N1 4AB"),
            ("city", "London"),
        ]);
        let called = known(&[("name", "Ida Rook Bakers"), ("phone", "020 7946 0018")]);
        let there = known(&[
            ("name", "Daughters R."),
            ("street", "12, Mill Lane"),
            ("city", "LONDON"),
            ("postcode", "N1 4AB"),
        ]);
        let house = known(&[("name", "R+D Bakers"), ("email", "ida@rook.example")]);
        for other in [&called, &there, &house] {
            assert!(rook.keys().iter().any(|key| other.keys().contains(key)), "{other:?}");
        }
        let yardstick = Yardstick::standard(1_000);
        let told = yardstick.compare(&rook, &called, 2);
        let says: Vec<_> = told.reasons.iter().map(|reason| reason.says.as_str()).collect();
        assert!(says.contains(&"the same telephone number"), "{says:?}");
        let moved = known(&[("name", "Rook and Daughters"), ("street", "3 Quay"), ("city", "Bristol")]);
        assert!(LIKELY <= yardstick.compare(&rook, &moved, 2).probability, "who moves stays who they are");
        let said = yardstick.compare(&rook, &there, 2).reasons;
        assert!(said.iter().any(|reason| reason.says == "the same address"), "{said:?}");
    }
}
