//! The code of an id: what the crate `sqids` writes for its numbers, letter by letter, many times faster.
//!
//! The crate compares each code with every word that nobody wants to see in one. Here the words are found by how they begin.

use std::collections::{HashMap, HashSet};

/// The shortest code.
pub(crate) const SHORTEST: usize = 5;
/// Letters by which unwanted words are found; shorter ones are unwanted only as the whole of a code, which none is.
const BEGINNING: usize = 4;

/// Writes codes with an alphabet.
pub(crate) struct Writer {
    alphabet: Vec<u8>,
    /// The orders of the letters for codes that begin with each of them, worked out once: for the first number, for the second,
    /// and for what fills a short one up.
    orders: Vec<[Vec<u8>; 3]>,
    unwanted: HashMap<[u8; BEGINNING], Vec<Vec<u8>>>,
}

impl Writer {
    /// With an alphabet that the crate takes.
    pub(crate) fn new(alphabet: &str) -> Writer {
        let letters: HashSet<u8> = alphabet.bytes().map(|letter| letter.to_ascii_lowercase()).collect();
        let mut unwanted: HashMap<[u8; BEGINNING], Vec<Vec<u8>>> = HashMap::new();
        for word in sqids::default_blocklist() {
            let word = word.to_lowercase().into_bytes();
            if let Some(begins) = word.first_chunk().copied()
                && word.iter().all(|letter| letters.contains(letter))
            {
                unwanted.entry(begins).or_default().push(word);
            }
        }
        let mut alphabet = alphabet.as_bytes().to_vec();
        shuffle(&mut alphabet);
        let orders = (0..alphabet.len()).map(|at| orders(&alphabet, at)).collect();
        Writer { alphabet, orders, unwanted }
    }

    /// The code of two numbers; nothing where every one that there is holds an unwanted word.
    pub(crate) fn code(&self, numbers: [u64; 2]) -> Option<String> {
        (0..=self.alphabet.len()).find_map(|turn| {
            let code = self.turned(numbers, turn);
            (!self.is_unwanted(&code)).then(|| String::from_utf8(code).ok()).flatten()
        })
    }

    /// The code that begins so many letters further in the alphabet.
    fn turned(&self, numbers: [u64; 2], turn: usize) -> Vec<u8> {
        let count = self.alphabet.len();
        let letter = |number: u64| usize::from(self.alphabet[(number % count as u64) as usize]);
        let offset = (2 + letter(numbers[0]) + letter(numbers[1]) + 1) % count;
        let [first, second, filling] = &self.orders[(offset + turn) % count];
        let mut code = Vec::with_capacity(16);
        code.push(first[count - 1]);
        write(numbers[0], &first[1..], &mut code);
        code.push(first[0]);
        write(numbers[1], &second[1..], &mut code);
        if code.len() < SHORTEST {
            code.push(second[0]);
            let mut filling = filling.clone();
            while code.len() < SHORTEST {
                let more = SHORTEST - code.len();
                code.extend(filling.iter().take(more));
                shuffle(&mut filling);
            }
        }
        code
    }

    fn is_unwanted(&self, code: &[u8]) -> bool {
        let lower = code.to_ascii_lowercase();
        lower.windows(BEGINNING).enumerate().any(|(at, begins)| {
            let words = begins.first_chunk().and_then(|begins| self.unwanted.get(begins));
            words.into_iter().flatten().any(|word| {
                // What is written with digits is unwanted at the beginning and at the end.
                let anywhere = !word.iter().any(u8::is_ascii_digit);
                lower[at..].starts_with(word) && (anywhere || at == 0 || at + word.len() == lower.len())
            })
        })
    }
}

/// The orders of the letters for codes that begin with the one there.
fn orders(alphabet: &[u8], at: usize) -> [Vec<u8>; 3] {
    let mut first = alphabet.to_vec();
    first.rotate_left(at);
    first.reverse();
    let shuffled = |letters: &[u8]| {
        let mut letters = letters.to_vec();
        shuffle(&mut letters);
        letters
    };
    let second = shuffled(&first);
    let filling = shuffled(&second);
    [first, second, filling]
}

/// A number in the digits of an alphabet.
fn write(number: u64, alphabet: &[u8], code: &mut Vec<u8>) {
    let (begun, count, mut rest) = (code.len(), alphabet.len() as u64, number);
    loop {
        code.push(alphabet[(rest % count) as usize]);
        rest /= count;
        if rest == 0 {
            break;
        }
    }
    code[begun..].reverse();
}

/// The next order of the letters.
fn shuffle(letters: &mut [u8]) {
    let count = letters.len();
    for at in 0..count.saturating_sub(1) {
        let other = count - 1 - at;
        letters.swap(at, (at * other + usize::from(letters[at]) + usize::from(letters[other])) % count);
    }
}

#[cfg(test)]
mod tests {
    use sqids::Sqids;

    use super::*;

    #[test]
    fn a_code_is_the_one_that_the_crate_writes() {
        for alphabet in [
            "k3G7QAe51FCsPW92uEOyq4Bg6Sp8YzVTmnU0liwDdHXLajZrfxNhobJIRcMvKt",
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
        ] {
            let letters = alphabet.chars().collect();
            let theirs = Sqids::builder().alphabet(letters).min_length(SHORTEST as u8).build().unwrap();
            let ours = Writer::new(alphabet);
            let large = [u64::MAX, i64::MAX.unsigned_abs(), 1 << 40];
            for number in (0..4_000).chain(large).flat_map(|n| [n, n.wrapping_mul(977) % (1 << 45)]) {
                for mark in [0, number.wrapping_mul(0x9E37_79B9) >> 7 & 255] {
                    let code = theirs.encode(&[number, mark]).unwrap();
                    assert_eq!(ours.code([number, mark]).unwrap(), code, "{number} {mark}");
                }
            }
        }
    }

    #[test]
    fn no_code_holds_an_unwanted_word() {
        let ours = Writer::new("k3G7QAe51FCsPW92uEOyq4Bg6Sp8YzVTmnU0liwDdHXLajZrfxNhobJIRcMvKt");
        let turned = (0..300_000).filter(|number| ours.is_unwanted(&ours.turned([*number, 7], 0)));
        let turned: Vec<u64> = turned.collect();
        assert!(!turned.is_empty());
        let theirs = Sqids::builder()
            .alphabet("k3G7QAe51FCsPW92uEOyq4Bg6Sp8YzVTmnU0liwDdHXLajZrfxNhobJIRcMvKt".chars().collect())
            .min_length(SHORTEST as u8)
            .build()
            .unwrap();
        for number in turned {
            assert_eq!(ours.code([number, 7]).unwrap(), theirs.encode(&[number, 7]).unwrap());
        }
    }
}
