//! Secrets: where chance comes in, how it is written, what of it may be stored, and how two are compared.

use kernel::{Problem, Result};
use sha2::{Digest, Sha256};

/// SHA-256 of something.
pub type Hash = [u8; 32];

const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// 256 bits of chance, written in 52 letters and digits that stand in a URL as they are.
///
/// # Errors
/// `access.chance` when the machine gives none.
pub fn fresh() -> Result<String> {
    Ok(letters(&chance::<32>()?))
}

/// Bytes of chance: the one place of this slice where it comes in.
///
/// # Errors
/// `access.chance` when the machine gives none.
pub fn chance<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|cause| {
        Problem::internal("access.chance", format!("the machine gives no random numbers: {cause}"))
    })?;
    Ok(bytes)
}

/// What is stored or shown of a secret: its hash, good for one purpose only.
pub fn digest(purpose: &str, secret: &str) -> Hash {
    let mut hash = Sha256::new();
    hash.update(purpose.as_bytes());
    hash.update([0]);
    hash.update(secret.as_bytes());
    hash.finalize().into()
}

/// Five bits to a letter, the last one padded with zeros.
pub fn letters(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut held, mut bits) = (0u32, 0);
    for byte in bytes {
        held = (held << 8 | u32::from(*byte)) & 0xFFFF;
        bits += 8;
        while 5 <= bits {
            bits -= 5;
            text.push(letter(held >> bits));
        }
    }
    if 0 < bits {
        text.push(letter(held << (5 - bits)));
    }
    text
}

fn letter(value: u32) -> char {
    char::from(ALPHABET[(value & 31) as usize])
}

/// Whether two texts are the same, in a time that does not tell where they differ.
pub fn equal(one: &str, other: &str) -> bool {
    let differ = one.bytes().zip(other.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b));
    one.len() == other.len() && std::hint::black_box(differ) == 0
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_rfc_4648_without_padding() {
        assert_eq!(letters(b""), "");
        assert_eq!(letters(b"f"), "my");
        assert_eq!(letters(b"fooba"), "mzxw6ytb");
        assert_eq!(letters(b"foobar"), "mzxw6ytboi");
    }

    #[test]
    fn a_fresh_secret_has_256_bits_and_never_comes_twice() {
        let (one, other) = (fresh().unwrap(), fresh().unwrap());
        assert_eq!(one.len(), 52);
        assert!(!equal(&one, &other));
        assert!(equal(&one, &one.clone()));
        assert!(!equal(&one, &one[..51]));
    }

    #[test]
    fn a_hash_for_one_purpose_is_of_no_use_for_another() {
        assert_ne!(digest("session", "x"), digest("link", "x"));
        assert_ne!(digest("link", "x"), digest("lin", "kx"));
    }
}
