//! What is typed: every command tells its fields, whatever is typed wrong is corrected with exit code 2.

use crate::desk::Desk;

/// The commands of `mainstay help`, with an id of the right kind where one stands.
fn commands(desk: &Desk) -> Vec<Vec<String>> {
    let help = desk.says(&["help"]);
    assert_eq!(help.code, 0);
    let lines = help.out.lines().filter(|line| line.starts_with("  ")).map(str::trim);
    let words = |line: &str| -> Vec<String> {
        let command = line.split("  ").next().unwrap_or_default();
        command.split(' ').take_while(|word| !word.starts_with(['[', '-'])).map(str::to_owned).collect()
    };
    let all: Vec<_> = lines.map(words).collect();
    assert!(30 < all.len(), "{}", help.out);
    all
}

#[test]
fn every_command_in_the_help_tells_about_itself_and_opens_nothing() {
    let desk = Desk::new();
    for command in commands(&desk) {
        let first = command[0].as_str();
        let id = if first == "import" { "imp_x7Kq2" } else { "x7Kq2" };
        let words = command.iter().filter(|word| !word.ends_with('…'));
        let words = words.map(|word| if word.chars().all(char::is_uppercase) { id } else { word.as_str() });
        for flag in ["--help", "-h"] {
            let typed: Vec<&str> = words.clone().chain([flag]).collect();
            let said = desk.says(&typed);
            assert_eq!((said.code, said.err.as_str()), (0, ""), "{typed:?}");
            assert!(said.out.contains(&format!("mainstay {first}")), "{typed:?}: {}", said.out);
        }
    }
    assert!(!desk.path("data").exists(), "asking for help makes no house");
}

#[test]
fn what_is_typed_wrong_is_corrected() {
    let desk = Desk::new();
    let wrong: [(&[&str], &str); 16] = [
        (&["frobnicate"], "mainstay help"),
        (&["relationship"], "relationship ID"),
        (&["import"], "which file"),
        (&["import", "a.csv", "--fast"], "--fast"),
        (&["import", "a.csv", "--mapping"], "--mapping lacks its value"),
        (&["figures", "--colour", "red"], "--colour"),
        (&["figures", "--line"], "--line"),
        (&["relationships", "--limit", "many"], "whole number"),
        (&["dump"], "--canonical"),
        (&["dump", "--canonical", "--quick"], "--quick"),
        (&["figures", "-o", "xml"], "xml"),
        (&["figures", "-o"], "lacks its value"),
        (&["figures", "--data"], "--data lacks its value"),
        (&["serve", "--listen", "nowhere"], "nowhere"),
        (&["serve", "--loud"], "--loud"),
        (&["orders", "record", "--line", "Shop", "--currency", "EUR", "--orders", "[{"], "JSON"),
    ];
    for (typed, told) in wrong {
        desk.says(typed).corrects(&[told]);
    }
    assert!(!desk.path("data").exists(), "a word typed wrong makes no house");
}

#[test]
fn a_house_that_cannot_be_opened_says_where_it_was_looked_for() {
    let desk = Desk::new();
    desk.write("taken", "a file where the folder should be");
    for command in [&["figures"][..], &["import", "shop.toml"]] {
        desk.says(&[command, &["--data", "taken"]].concat()).refuses(&["taken", "--data"]);
        desk.says(&[command, &["--data", "/proc/nowhere"]].concat()).refuses(&["/proc/nowhere", "--data"]);
        let nobody = ["--database", "postgres://nobody@127.0.0.1:1/nothing"];
        desk.says(&[command, &nobody].concat()).refuses(&["cannot reach the database server", "--database"]);
        desk.says(&[command, &["--database", "what?"]].concat()).refuses(&["--database"]);
    }
}

#[test]
fn an_id_that_is_none_is_told_as_such() {
    let desk = Desk::new().with_a_book();
    let account = desk.answer(&["relationships"])["rows"][0]["account"].as_str().unwrap().to_owned();
    for typed in [&["relationship", "rel_zzzzzz"][..], &["relationship", &account], &["import", "imp_zzzz"]] {
        let said = desk.says(typed);
        said.refuses(&[]);
    }
}
