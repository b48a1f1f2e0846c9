//! Words by which accounts and people are found: plain small letters, whatever alphabet or accent they are written in.

use std::collections::BTreeMap;

use timeline::said::{Sheet, blank};
use unicode_normalization::UnicodeNormalization;

use crate::{contact, country, domain, email, phone};

/// The first word of a name.
pub const FIRST: i64 = 0;
/// A further word of a name.
pub const NAME: i64 = 1;
/// A number, an address, a website.
pub const BESIDE: i64 = 2;

/// Letters of a word that are kept.
const LONGEST: usize = 48;
/// Words of a record that are kept.
const MOST: usize = 64;
/// Digits from which on a number may be the end of a telephone number.
const DIALLED: usize = 4;
/// Stands before a telephone number that is written from its end.
const BACKWARDS: char = '~';

/// The words of a record, each with what it is at best: [`FIRST`], [`NAME`] or [`BESIDE`].
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Words(BTreeMap<String, i64>);

impl Words {
    /// The words of an account with these fields, known by these numbers.
    pub fn of_account(sheet: &Sheet, numbers: &[String]) -> Words {
        let mut words = Words::default();
        words.name(blank(sheet, "name"));
        words.mailbox(blank(sheet, "email"));
        words.dialled(blank(sheet, "phone"), Some(blank(sheet, "country")));
        if let Some(house) = domain::key(blank(sheet, "website")) {
            words.add(&plain(&house), BESIDE);
            words.house(&house);
        }
        words.numbers(numbers);
        words
    }

    /// The words of somebody who acts for an account.
    pub fn of_contact(sheet: &Sheet, numbers: &[String]) -> Words {
        let mut words = Words::default();
        words.name(blank(sheet, "name"));
        for (kind, key, value) in contact::points(sheet) {
            match kind {
                "email" => words.mailbox(value),
                _ => words.dialled(if key.starts_with('+') { key } else { value }, None),
            }
        }
        words.numbers(numbers);
        words
    }

    /// The words of something with this name, by which it is found beside these others.
    pub fn named(name: &str, others: &str) -> Words {
        let mut words = Words::default();
        words.name(name);
        parts(others).flat_map(spellings).for_each(|word| words.add(&word, BESIDE));
        words
    }

    /// Each word and what it is at best, in the order of the words.
    pub fn iter(&self) -> impl Iterator<Item = (&str, i64)> {
        self.0.iter().map(|(word, rank)| (word.as_str(), *rank))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As they are kept beside the record: `0rook 1daughters`.
    pub fn written(&self) -> String {
        self.iter().map(|(word, rank)| format!("{rank}{word}")).collect::<Vec<_>>().join(" ")
    }

    /// What was [written](Words::written).
    pub fn read(text: &str) -> Words {
        let word = |word: &str| {
            let (rank, word) = word.split_at_checked(1)?;
            Some((word.to_owned(), rank.parse().ok()?))
        };
        Words(text.split(' ').filter_map(word).collect())
    }

    /// What the word is at best that begins with one of these; nothing where none does.
    pub fn best(&self, begun: &Asked) -> Option<i64> {
        let begins = |start: &String| {
            let from = self.0.range(start.clone()..);
            from.take_while(|(word, _)| word.starts_with(start.as_str())).map(|(_, rank)| *rank).min()
        };
        begun.0.iter().filter_map(begins).min()
    }

    /// Whether one of these is a word of it, and not only the beginning of one.
    pub fn has(&self, word: &Asked) -> bool {
        word.0.iter().any(|one| self.0.contains_key(one))
    }

    fn add(&mut self, word: &str, rank: i64) {
        let word: String = word.chars().filter(|c| *c != ' ').take(LONGEST).collect();
        if word.is_empty() || (MOST <= self.0.len() && !self.0.contains_key(&word)) {
            return;
        }
        let known = self.0.entry(word).or_insert(rank);
        *known = rank.min(*known);
    }

    fn name(&mut self, name: &str) {
        for (n, part) in parts(name).enumerate() {
            let rank = if n == 0 { FIRST } else { NAME };
            spellings(part).iter().for_each(|word| self.add(word, rank));
        }
    }

    fn mailbox(&mut self, text: &str) {
        let Some(address) = email::key(text) else { return };
        let address = letters(&address);
        self.add(&address, BESIDE);
        if let Some((name, house)) = address.split_once('@') {
            name.split(['.', '_', '-', '+']).skip(1).for_each(|part| self.add(part, BESIDE));
            self.house(house);
        }
    }

    /// The words of a domain that tell something: neither its end nor that of a provider where anybody has a mailbox.
    fn house(&mut self, domain: &str) {
        if crate::duplicate::is_public(domain) {
            return;
        }
        let labels: Vec<&str> = domain.split('.').collect();
        let told = labels.len().saturating_sub(1);
        labels.iter().take(told).filter(|label| 3 < label.len()).for_each(|label| {
            self.add(&plain(label), BESIDE);
        });
    }

    fn dialled(&mut self, text: &str, country: Option<&str>) {
        let Some(key) = phone::key(text, country.and_then(country::code)) else { return };
        let digits = digits(&key);
        self.add(&digits, BESIDE);
        self.add(&backwards(&digits), BESIDE);
    }

    fn numbers(&mut self, numbers: &[String]) {
        for number in numbers {
            let parts: Vec<String> = parts(number).map(plain).collect();
            self.add(&parts.concat(), BESIDE);
            if 1 < parts.len() {
                parts.iter().for_each(|part| self.add(part, BESIDE));
            }
        }
    }
}

/// A word that somebody asked for: the beginnings that are looked for, any of which will do.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Asked(pub Vec<String>);

impl Asked {
    /// The words of a question, at most six. A text of digits and marks is one telephone number or one id.
    pub fn of(question: &str) -> Vec<Asked> {
        let question = question.trim();
        let is_dialled = question.chars().all(|c| c.is_ascii_digit() || " +()-./".contains(c));
        if is_dialled && DIALLED < digits(question).len() {
            let number = Asked::number(&digits(question));
            // From abroad: + or, dialled, 00.
            let dialled = question.trim_start_matches([' ', '(']);
            let is_from_abroad = dialled.starts_with('+') || dialled.starts_with("00");
            return vec![if is_from_abroad { number.at_home() } else { number }];
        }
        let mut words: Vec<Asked> = Vec::new();
        for part in question.split_whitespace() {
            if part.contains('@') {
                words.push(Asked(vec![shortened(&letters(part))]));
                continue;
            }
            for part in parts(part) {
                let word = match part.chars().all(|c| c.is_ascii_digit()) {
                    true => Asked::number(part),
                    false => Asked(written(part).iter().map(|word| shortened(word)).collect()),
                };
                words.push(word);
            }
        }
        words.retain(|word| word.0.iter().any(|it| !it.is_empty()));
        words.truncate(6);
        words
    }

    /// A number: an id as it is, a telephone number also without the zeros before it and from its end.
    fn number(digits: &str) -> Asked {
        let bare = digits.trim_start_matches('0');
        let mut all = vec![shortened(digits)];
        if bare != digits && !bare.is_empty() {
            all.push(shortened(bare));
        }
        for end in [digits, bare].into_iter().filter(|end| DIALLED <= end.len()) {
            let end = backwards(end);
            if !all.contains(&end) {
                all.push(end);
            }
        }
        Asked(all)
    }

    /// Also as it is dialled within its country: so numbers are kept of whom nobody says where they live.
    fn at_home(mut self) -> Asked {
        let dialled = self.0.first().map(|digits| digits.strip_prefix("00").unwrap_or(digits));
        let Some(rest) = dialled.and_then(phone::at_home).map(str::to_owned) else { return self };
        // With fewer digits any number would do.
        if DIALLED <= rest.len() {
            self.0.extend([shortened(&format!("0{rest}")), shortened(&rest), backwards(&rest)]);
        }
        self
    }

    /// The text that was asked for, as plain letters.
    pub fn word(&self) -> &str {
        self.0.first().map_or("", String::as_str)
    }
}

fn shortened(word: &str) -> String {
    word.chars().take(LONGEST).collect()
}

fn digits(text: &str) -> String {
    text.split(['x', 'X']).next().unwrap_or_default().chars().filter(char::is_ascii_digit).collect()
}

fn backwards(digits: &str) -> String {
    [BACKWARDS].into_iter().chain(digits.chars().rev()).collect()
}

/// The parts of a name: what stands between blanks and marks. A dot or an apostrophe within a word divides nothing.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    let divides = |c: char| !(c.is_alphanumeric() || ".'’`".contains(c) || is_mark(c));
    name.split(divides).filter(|part| part.chars().any(char::is_alphanumeric))
}

/// Whether it belongs to the letter before it.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// A text in plain small letters: `Müller` as `muller`, `Жуков` as `zhukov`.
fn letters(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    any_ascii::any_ascii(&text.nfkd().filter(|c| !is_mark(*c)).collect::<String>()).to_lowercase()
}

/// A word in plain small letters, without the marks in it.
fn plain(word: &str) -> String {
    letters(word).chars().filter(char::is_ascii_alphanumeric).collect()
}

/// A word in plain letters, and as it is written where there are no dots above letters: `mueller`.
fn spellings(word: &str) -> Vec<String> {
    let first = plain(word);
    if word.is_ascii() {
        return vec![first];
    }
    let composed: String = word.nfc().collect::<String>().to_lowercase();
    let written = composed.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ø', "oe");
    let second = plain(&written.replace('å', "aa"));
    if second == first { vec![first] } else { vec![first, second] }
}

/// The spellings of a word that somebody asks for; with a dot in it, it may be the beginning of an address.
fn written(part: &str) -> Vec<String> {
    let mut all = spellings(part);
    let address = letters(part);
    if address.contains('.') && !all.contains(&address) {
        all.push(address);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(fields: &[(&str, &str)]) -> Sheet {
        fields.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect()
    }

    fn finds(question: &str, words: &Words) -> bool {
        Asked::of(question).iter().all(|word| words.best(word).is_some())
    }

    #[test]
    fn a_name_is_found_by_the_beginnings_of_its_words_in_any_order_and_alphabet() {
        let rook = Words::of_account(&sheet(&[("name", "Rook & O’Daughters S.A.")]), &[]);
        for question in ["rook", "ROO", "odau", "o'daughters rook", "s.a.", "sa rook", "Röok"] {
            assert!(finds(question, &rook), "{question}: {rook:?}");
        }
        assert!(!finds("rooks", &rook) && !finds("rook falk", &rook));
        let cyrillic = Words::of_account(&sheet(&[("name", "Георгий Жуков")]), &[]);
        assert!(finds("zhukov", &cyrillic) && finds("Жуков", &cyrillic));
    }

    #[test]
    fn dots_above_letters_are_written_out_or_left_away() {
        let dotted = Words::of_account(&sheet(&[("name", "Müller Söhne")]), &[]);
        let plain = Words::of_account(&sheet(&[("name", "Mueller Soehne")]), &[]);
        for question in ["müller", "mueller", "muller"] {
            assert!(finds(question, &dotted), "{question}");
        }
        assert!(finds("müller", &plain) && finds("mueller", &plain));
    }

    #[test]
    fn a_telephone_number_is_found_however_it_is_dialled_and_by_its_end() {
        let fields = [("phone", "+44 20 7946 0018"), ("name", "Rook")];
        let rook = Words::of_account(&sheet(&fields), &[]);
        for question in
            ["+44 20 7946", "020 7946 0018", "(020) 7946-0018", "00442079460018", "46 0018", "0018"]
        {
            assert!(finds(question, &rook), "{question}: {rook:?}");
        }
        assert!(!finds("020 7946 0019", &rook));
    }

    #[test]
    fn somebody_of_whom_no_country_is_known_is_found_by_their_number_as_it_is_dialled_from_abroad() {
        let fields = [("name", "Ada Moss"), ("phone:01632924585", "01632 924585")];
        let ada = Words::of_contact(&sheet(&fields), &[]);
        for question in [
            "+44 1632 924585",
            "(+44) 1632 924585",
            "0044 1632 924585",
            "00441632924585",
            "+44 1632 92",
            "01632 924585",
            "924585",
        ] {
            assert!(finds(question, &ada), "{question}: {ada:?}");
        }
        assert!(!finds("+44 1632 924586", &ada) && !finds("+44 16", &ada));
    }

    #[test]
    fn an_address_is_found_by_its_beginning_up_to_any_letter() {
        let rudd = Words::of_account(&sheet(&[("email", "rudd.household1104@example.com")]), &[]);
        for question in ["rudd.household1104", "rudd.house", "rudd", "household1104", "rudd.household1104@ex"]
        {
            assert!(finds(question, &rudd), "{question}: {rudd:?}");
        }
        assert!(!finds("rudd.household1105", &rudd) && !finds("dd.house", &rudd));
    }

    #[test]
    fn addresses_websites_and_numbers_find_too_and_public_providers_do_not() {
        let fields = [("email", "ada.moss@rook.example"), ("website", "https://www.rookery.example/shop")];
        let rook = Words::of_account(&sheet(&fields), &["C-1042".into()]);
        for question in [
            "ada.moss@rook.example",
            "ada.moss@",
            "moss",
            "rookery",
            "rookery.example",
            "C-1042",
            "c1042",
            "1042",
        ] {
            assert!(finds(question, &rook), "{question}: {rook:?}");
        }
        let ann = Words::of_account(&sheet(&[("email", "ann@gmail.com")]), &[]);
        assert!(finds("ann@gmail", &ann) && !finds("gmail", &ann));
    }

    #[test]
    fn words_are_read_as_they_were_written_and_are_bounded() {
        let rook = Words::of_account(&sheet(&[("name", "Rook Rook Daughters")]), &["17".into()]);
        assert_eq!(rook.written(), "217 1daughters 0rook");
        assert_eq!(Words::read(&rook.written()), rook);
        let long = Words::of_account(
            &sheet(&[("name", &"word ".repeat(900).replace("word", "w")), ("email", "")]),
            &[],
        );
        assert_eq!(long.iter().count(), 1);
        let many: String = (0..900).map(|n| format!("w{n} ")).collect();
        assert_eq!(Words::of_account(&sheet(&[("name", &many)]), &[]).iter().count(), MOST);
        assert!(Asked::of("  & – ").is_empty());
        assert_eq!(Asked::of(&many).len(), 6);
    }
}
