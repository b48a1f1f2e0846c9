//! Yes and no as files write them.

/// Reads a yes or a no. `No internet service` and its like are a no: what is not there is not had.
///
/// # Errors
/// A fragment that says what is wrong with it.
pub fn parse(text: &str) -> Result<bool, &'static str> {
    let word = text.trim().to_lowercase();
    match word.as_str() {
        "true" | "yes" | "y" | "t" | "1" | "1.0" | "on" | "x" | "ja" | "wahr" | "oui" | "si" | "sí" => {
            Ok(true)
        }
        "false" | "no" | "n" | "f" | "0" | "0.0" | "off" | "-" | "nein" | "falsch" | "non" => Ok(false),
        _ if word.starts_with("no ") => Ok(false),
        _ => Err("is neither yes nor no"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no_are_read_in_many_words() {
        for yes in ["True", "TRUE", "Yes", "1", "t", "Y", "ja"] {
            assert_eq!(parse(yes), Ok(true), "{yes}");
        }
        for no in ["False", "no", "0", "f", "No internet service"] {
            assert_eq!(parse(no), Ok(false), "{no}");
        }
        assert!(parse("maybe").is_err());
    }
}
