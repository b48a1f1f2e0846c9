//! Every example that a command gives of itself can be typed as it stands.

use mainstay::slices;

use crate::desk::Desk;

/// The words of a line as a shell parts them: at blanks, but for what stands between quotes.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote, mut is_open) = (Vec::new(), String::new(), None, false);
    for letter in line.chars() {
        match (letter, quote) {
            (mark, Some(open)) if mark == open => quote = None,
            ('\'' | '"', None) => (quote, is_open) = (Some(letter), true),
            (' ', None) => {
                if is_open || !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                is_open = false;
            }
            (letter, _) => word.push(letter),
        }
    }
    if is_open || !word.is_empty() {
        words.push(word);
    }
    words
}

#[test]
fn every_example_is_understood_as_it_stands() {
    let desk = Desk::new();
    let mut typed = 0;
    for slice in slices::all() {
        for operation in &slice.operations {
            for example in operation.head.examples {
                let line = example.split(" > ").next().unwrap();
                // What stands in a file is somebody's own.
                if line.contains('@') {
                    continue;
                }
                let words = words(line);
                assert_eq!(words[0], "mainstay", "{example}");
                let words: Vec<&str> = words[1..].iter().map(String::as_str).collect();
                let said = desk.says(&words);
                // That nobody of that id is there is no fault of the example.
                let is_understood = said.code != 2 && !said.err.contains("the input does not fit");
                assert!(is_understood, "{example}: {} {}", said.code, said.err);
                typed += 1;
            }
        }
    }
    assert!(60 < typed, "{typed} examples");
}
