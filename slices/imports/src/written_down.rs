//! A fact as somebody wrote it down in a list: the word of its kind, and in words what it says.

use timeline::{
    Fact,
    fact::{
        Assignment, AssignmentRole, Basis, Goal, Interest, Note, RecordKept, Register, Rhythm, Wallet,
        WalletSource,
    },
};

/// What people write down and no other table tells, as a refusal names it.
const KINDS: &str =
    "assignment, basis, goal, interest, note, record_kept, referral, rhythm, training, wallet";

/// Reads a fact by its kind and what it says:
///
/// | kind | says |
/// |---|---|
/// | assignment | who of us, and as what: `Dana Whitfield`, `Dana Whitfield, sales` |
/// | basis | why they chose us: `reputation, advice` |
/// | interest | in what: `upgrade` |
/// | record_kept | which register is complete: `staffing` |
/// | rhythm | how often contact is agreed: `90 days` |
/// | wallet | the share of their need, and who says so: `80 %`, `sole`, `60 %, estimated` |
/// | goal | what they want to reach: `close payroll in two days` |
/// | note | whatever is worth knowing: `bought a boat` |
/// | referral, training | anything |
///
/// # Errors
/// Why not, as a fragment: a kind that is none of these, words that its kind does not have.
pub(crate) fn read(kind: &str, says: &str) -> Result<Fact, String> {
    let parts: Vec<&str> = says.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()).collect();
    match kind.trim().to_lowercase().replace(' ', "_").as_str() {
        "assignment" => assignment(&parts),
        "basis" if !parts.is_empty() => {
            Ok(Fact::Basis(Basis { reasons: parts.iter().map(|part| part.to_lowercase()).collect() }))
        }
        "basis" => Err("says no reason; write some such as reputation, advice, price".to_owned()),
        "goal" => {
            Ok(Fact::Goal(Goal { words: Some(says.trim().to_owned()).filter(|says| !says.is_empty()) }))
        }
        "interest" => {
            Ok(Fact::Interest(Interest { subject: parts.first().map(|subject| subject.to_lowercase()) }))
        }
        "note" if says.trim().is_empty() => Err("says nothing; write what is worth knowing".to_owned()),
        "note" => Ok(Fact::Note(Note { words: says.trim().to_owned() })),
        "record_kept" => register(says),
        "referral" => Ok(Fact::Referral),
        "rhythm" => rhythm(says),
        "training" => Ok(Fact::Training),
        "wallet" => wallet(&parts),
        _ => Err(format!("is no kind of fact that is written down: {KINDS}")),
    }
}

fn assignment(parts: &[&str]) -> Result<Fact, String> {
    let (person, role) = match parts {
        [person] => (*person, AssignmentRole::Named),
        [person, role] => {
            let known = AssignmentRole::parse(&role.to_lowercase());
            (*person, known.ok_or_else(|| format!("{role} is none of {}", all(AssignmentRole::ALL)))?)
        }
        _ => return Err("names no person; write who of us, such as Dana Whitfield".to_owned()),
    };
    Ok(Fact::Assignment(Assignment { person: person.to_owned(), role, until: None }))
}

fn register(says: &str) -> Result<Fact, String> {
    let known = Register::parse(&says.trim().to_lowercase());
    let register = known.ok_or_else(|| format!("is none of {}", all(Register::ALL)))?;
    Ok(Fact::RecordKept(RecordKept { register }))
}

fn rhythm(says: &str) -> Result<Fact, String> {
    let every = says.split_whitespace().next().and_then(|days| days.parse::<i64>().ok());
    match every.filter(|days| (1..=3_660).contains(days)) {
        Some(every_days) => Ok(Fact::Rhythm(Rhythm { every_days })),
        None => Err("is no number of days; write it as 90 days".to_owned()),
    }
}

fn wallet(parts: &[&str]) -> Result<Fact, String> {
    let mut wallet = Wallet::default();
    for part in parts {
        let percent = part.strip_suffix('%').and_then(|share| share.trim().parse::<i64>().ok());
        match (part.to_lowercase().as_str(), percent) {
            ("sole", _) => wallet.sole = true,
            (_, Some(percent)) if (0..=100).contains(&percent) => wallet.share = Some(10 * percent),
            (word, _) => match WalletSource::parse(word) {
                Some(source) => wallet.source = Some(source),
                None => return Err(format!("{part} is no share; write 80 % or sole, and who says so")),
            },
        }
    }
    match wallet.sole || wallet.share.is_some() {
        true => Ok(Fact::Wallet(wallet)),
        false => Err("says no share; write 80 % or sole".to_owned()),
    }
}

/// The words of a closed list.
fn all<W: Copy + Word>(words: &[W]) -> String {
    words.iter().map(|word| word.text()).collect::<Vec<_>>().join(", ")
}

trait Word {
    fn text(self) -> &'static str;
}

impl Word for AssignmentRole {
    fn text(self) -> &'static str {
        self.as_str()
    }
}

impl Word for Register {
    fn text(self) -> &'static str {
        self.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_down_reads_as_its_kind() {
        for (kind, says, written) in [
            (
                "assignment",
                "Dana Whitfield",
                r#"{"kind":"assignment","person":"Dana Whitfield","role":"named"}"#,
            ),
            ("Assignment", "Tom, sales", r#"{"kind":"assignment","person":"Tom","role":"sales"}"#),
            ("basis", "Reputation, advice", r#"{"kind":"basis","reasons":["reputation","advice"]}"#),
            ("rhythm", "90 days", r#"{"kind":"rhythm","every_days":90}"#),
            ("record kept", "staffing", r#"{"kind":"record_kept","register":"staffing"}"#),
            (
                "wallet",
                "60 %, estimated",
                r#"{"kind":"wallet","share":600,"sole":false,"source":"estimated"}"#,
            ),
            (
                "goal",
                "payroll close from 5 days to 2",
                r#"{"kind":"goal","words":"payroll close from 5 days to 2"}"#,
            ),
            ("note", "bought a boat", r#"{"kind":"note","words":"bought a boat"}"#),
        ] {
            let fact = read(kind, says).unwrap();
            assert_eq!(serde_json::to_string(&fact).unwrap(), written);
        }
    }

    #[test]
    fn words_that_a_kind_does_not_have_are_refused_with_those_it_has() {
        for (kind, says, why) in [
            ("birthday", "", "assignment, basis"),
            ("assignment", "", "names no person"),
            ("assignment", "Tom, king", "named, team"),
            ("rhythm", "often", "90 days"),
            ("wallet", "most of it", "80 %"),
            ("wallet", "", "80 %"),
            ("record_kept", "birthdays", "staffing"),
            ("basis", "", "reputation"),
            ("note", " ", "says nothing"),
        ] {
            let told = read(kind, says).unwrap_err();
            assert!(told.contains(why), "{kind} {says}: {told}");
        }
    }
}
