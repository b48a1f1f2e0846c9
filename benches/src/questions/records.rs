//! One record: an account, a relationship, and new ones of both kinds, looked for among all others first.

use kernel::Codes;
use serde_json::Value;
use timeline::AccountId;

use super::{Checked, held, json, rows};
use crate::{
    Result,
    asking::Question,
    bare::store::asked,
    floor::{Bare, Cell},
    generated::buyer,
    running::Running,
};

/// The account that was made for the `n`-th asking, as the house numbers it: they were numbered in the order in which they
/// were made.
fn number(n: u64, accounts: u64) -> i64 {
    i64::try_from(n * 7_919 % accounts + 1).unwrap_or(1)
}

/// One account, by its id.
pub fn account(codes: &Codes, accounts: u64) -> Question {
    let codes = codes.clone();
    Question {
        what: "one account, JSON".to_owned(),
        goal: Some(("P5", 0.15)),
        path: Box::new(move |n| {
            format!("/api/v1/accounts/{}", codes.write(AccountId::new(number(n, accounts))))
        }),
        body: None,
        check: Box::new(move |n, text| {
            let (found, made) = (json(text)?, buyer(number(n, accounts).unsigned_abs() - 1));
            held(
                found["name"] == made.name.as_str() && found["known_as"][0]["key"] == made.key.as_str(),
                || format!("it is not {}", made.name),
            )
        }),
        floor: Some(Bare::with(asked::ACCOUNT, move |n| vec![Cell::Int(number(n, accounts))])),
    }
}

/// Relationships here and there: the pages of those and of their accounts, and what explains them.
///
/// # Errors
/// When the program does not answer.
pub fn relationships(running: &Running, headers: &str) -> Result<Vec<Question>> {
    let mut all: Vec<Value> = Vec::new();
    for sort in ["net", "-net", "last", "-last", "name", "-name"] {
        all.extend(rows(running, headers, &format!("sort={sort}&limit=100"))?);
    }
    let of = |what: &str, root: &'static str, field: &'static str| {
        let found: Vec<(String, String)> = all
            .iter()
            .filter_map(|row| Some((row[field].as_str()?.to_owned(), row["name"].as_str()?.to_owned())))
            .collect();
        let names = found.clone();
        let at = |n: u64, len: usize| (n * 7) as usize % len.max(1);
        Question {
            what: what.to_owned(),
            goal: None,
            path: Box::new(move |n| format!("{root}/{}", found[at(n, found.len())].0)),
            body: None,
            check: Box::new(move |n, text| {
                let name = &names[at(n, names.len())].1;
                held(text.contains(name.as_str()), || format!("{name} is not in it"))
            }),
            floor: Some(Bare::new(asked::RELATIONSHIP, vec![Cell::Int(17)])),
        }
    };
    Ok(vec![
        of("explanation of a relationship, JSON", "/api/v1/relationships", "id"),
        of("relationship page", "/relationships", "id"),
        of("account page", "/accounts", "account"),
    ])
}

/// A new account, looked for among all others first, durable, in the audit and found by its words.
pub fn new_account(run: u64) -> Question {
    Question {
        what: "account recorded, looked for first".to_owned(),
        goal: Some(("P8", 1.0)),
        path: Box::new(|_| "/api/v1/accounts".to_owned()),
        body: Some(Box::new(move |n| {
            let (name, phone) = (new_name(run, n), 70_000_000 + (run + n) % 19_000_000);
            format!(r#"{{"name":"{name}","country":"United Kingdom","phone":"020 {phone}","anyway":false}}"#)
        })),
        check: Box::new(move |n, text| {
            let made = json(text)?;
            held(made["name"] == new_name(run, n).as_str() && made["id"].is_string(), || {
                "it is another".to_owned()
            })
        }),
        floor: None,
    }
}

/// A name of two words that nobody has.
fn new_name(run: u64, n: u64) -> String {
    let word = |mut rest: u64| {
        let mut word = String::new();
        for _ in 0..6 {
            word.push(char::from(b"bdfghklmnprst"[(rest % 13) as usize]));
            word.push(char::from(b"aeiou"[(rest / 13 % 5) as usize]));
            rest = (rest / 65) ^ (rest.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40);
        }
        word
    };
    format!("{} {} {}", word(run + n), word((run ^ 0x5555) + 31 * n), run + n)
}

/// A new person at an account that is there, looked for among all others first.
pub fn new_person(codes: &Codes, accounts: u64, run: u64) -> Question {
    let codes = codes.clone();
    Question {
        what: "person recorded, looked for first".to_owned(),
        goal: Some(("P9", if accounts < 500_000 { 1.2 } else { 1.5 })),
        path: Box::new(move |n| {
            format!("/api/v1/accounts/{}/contacts", codes.write(AccountId::new(number(n, accounts))))
        }),
        body: Some(Box::new(move |n| {
            let (name, mark) = (new_name(run, n), run + n);
            format!(
                r#"{{"only_new":true,"people":[{{"name":"{name}","emails":["maud{mark}@rook.example"],"roles":["payer"]}}]}}"#
            )
        })),
        check: Box::new(|_, text| one_created(&json(text)?)),
        floor: None,
    }
}

fn one_created(told: &Value) -> Checked {
    held(told["created"] == 1 && told["ids"][0].is_string(), || "nobody new was recorded".to_owned())
}
