//! How long it takes to search so many made-up accounts for duplicates, and in how much memory:
//! `cargo run --release -p accounts --example duplicates 1000000`. One in twenty is there twice, with a fault.

#![expect(clippy::unwrap_used, reason = "a measurement may panic")]

use std::{path::PathBuf, time::Instant};

use accounts::{
    ops::{duplicates, merging, searching},
    store::NewAccount,
};
use slice::House;
use store::{Migration, queue};
use testkit::Bench;
use timeline::AccountId;

/// Chance from a seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    fn word(&mut self) -> String {
        const PARTS: [&str; 24] = [
            "mar", "ost", "ber", "lin", "da", "vo", "ro", "ke", "wick", "grey", "her", "on", "ha", "vel",
            "tor", "ny", "sa", "bri", "cle", "dun", "fa", "gil", "hol", "jun",
        ];
        (0..3 + self.below(2)).map(|_| PARTS[self.below(24) as usize]).collect()
    }
}

/// What an account says of itself: name, email address, telephone number.
fn sheet([name, email, phone]: &[String; 3]) -> timeline::said::Sheet {
    let fields = [("name", name.as_str()), ("country", "Norway"), ("email", email), ("phone", phone)];
    fields.into_iter().map(|(field, value)| (field.to_owned(), value.to_owned())).collect()
}

fn main() {
    let count: i64 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(100_000);
    let bench = Bench::file();
    let slices = [access::slice(), timeline::slice(), accounts::slice()];
    let migrations: Vec<Migration> =
        slices.iter().flat_map(|slice| slice.migrations.iter().copied()).collect();
    let tables = slices.iter().flat_map(|slice| slice.tables.iter().copied()).collect();
    let own = testkit::at("2025-03-04");
    let house = House { store: bench.open(&migrations), files: PathBuf::new(), tables, clock: || 0, own };
    let (cx, mut chance, mut twins) = (house.context(), Chance(1), 0_i64);
    let began = Instant::now();
    let mut at = 0;
    while at < count {
        let mut made: Vec<[String; 3]> = Vec::new();
        while made.len() < 1_000 {
            let name = format!("{} {}", chance.word(), chance.word());
            let email = format!("info@{}.example", chance.word());
            let phone = format!("+47 {}", 10_000_000 + chance.below(89_000_000));
            made.push([name.clone(), email.clone(), phone.clone()]);
            if chance.below(20) == 0 {
                let [email, phone] =
                    [email, phone].map(|own| if chance.below(2) == 0 { own } else { String::new() });
                made.push([format!("{} Ltd", name.to_uppercase()), email, phone]);
                twins += 1;
            }
        }
        house
            .store
            .write(&cx, |tx| {
                let ids = tx.allocate("account", i64::try_from(made.len()).unwrap_or(0))?;
                let sheets: Vec<_> = made.iter().map(sheet).collect();
                let rows = sheets.iter().zip(ids);
                let rows: Vec<_> =
                    rows.map(|(sheet, id)| NewAccount { id: AccountId::new(id), sheet, key: None }).collect();
                accounts::store::insert(&cx, tx, &rows, 0)
            })
            .unwrap();
        at += i64::try_from(made.len()).unwrap_or(0);
    }
    println!(
        "{at} accounts written with their keys in {:.0} s; {twins} are there twice",
        began.elapsed().as_secs_f64()
    );
    let began = Instant::now();
    house.store.write(&cx, |tx| searching::ask(&cx, tx)).unwrap();
    let job = house
        .store
        .write(&cx, |tx| queue::hold(tx, searching::SEARCH, "due", i64::MAX / 4, 1))
        .unwrap()
        .unwrap();
    let kind = merging::JOBS.iter().find(|kind| kind.kind == searching::SEARCH).unwrap();
    (kind.run)(&house, &job).unwrap();
    let seconds = began.elapsed().as_secs_f64();
    let (mut found, mut after) = (0, None);
    loop {
        let wanted = duplicates::Wanted { least: Some(0.5), after, limit: Some(200), state: None };
        let page = house.store.read(&cx, |tx| {
            let again = duplicates::Wanted { after: wanted.after.clone(), state: None, ..wanted };
            duplicates::list(&cx, tx, again)
        });
        let page = page.unwrap();
        found += page.rows.len();
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM unknown");
    println!("searched in {seconds:.0} s; {found} pairs more likely one than two; {peak}");
}
