//! A signed link: lets somebody outside do one thing without signing in, for as long as the house has its key.
//!
//! A token is `1.PAYLOAD.SEAL`: the version of this form, what it is about, and the HMAC-SHA256 (RFC 2104, FIPS 198-1) of
//! both and of the purpose under the key of the house. It holds no secret of its own and stands in no table: whoever has
//! it may do what it is for, again and again. The key is 256 random bits, made when it is first needed.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::secret;

/// The version of the form of tokens.
const VERSION: &str = "1";

/// The token about `payload`, which must stand in an address as it is and hold no full stop.
pub fn token(key: &[u8], purpose: &str, payload: &str) -> String {
    format!("{VERSION}.{payload}.{}", seal(key, purpose, payload))
}

/// What a token of that purpose is about; nothing for one that was altered, is for something else or of another house.
pub fn payload<'t>(key: &[u8], purpose: &str, token: &'t str) -> Option<&'t str> {
    let mut parts = token.split('.');
    let (version, payload, shown) = (parts.next()?, parts.next()?, parts.next()?);
    let is_whole = version == VERSION && parts.next().is_none();
    (is_whole && secret::equal(&seal(key, purpose, payload), shown)).then_some(payload)
}

/// The seal of a payload, in 52 letters and digits. Each part is preceded by its length, so that no two readings of one
/// text are sealed alike.
fn seal(key: &[u8], purpose: &str, payload: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in ["mainstay link", VERSION, purpose, payload] {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    secret::letters(&mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_is_the_hmac_of_rfc_4231() {
        // Test case 2 of RFC 4231, so that what `hmac` computes is what everybody computes.
        let mut mac = Hmac::<Sha256>::new_from_slice(b"Jefe").unwrap();
        mac.update(b"what do ya want for nothing?");
        assert_eq!(
            secret::hex(&mac.finalize().into_bytes()),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }

    #[test]
    fn a_seal_holds_for_one_key_one_purpose_and_one_payload() {
        let sealed = seal(b"key", "preference", "acc_1-line_2");
        assert_eq!(sealed.len(), 52);
        assert_eq!(sealed, seal(b"key", "preference", "acc_1-line_2"));
        for other in [
            seal(b"kez", "preference", "acc_1-line_2"),
            seal(b"key", "survey", "acc_1-line_2"),
            seal(b"key", "preference", "acc_1-line_3"),
            seal(b"key", "preferencea", "cc_1-line_2"),
        ] {
            assert!(!secret::equal(&sealed, &other));
        }
    }
}
