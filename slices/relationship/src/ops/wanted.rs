//! What conditions mean here and now: names as they are sorted by, lines by their numbers, countries in each spelling.

use std::collections::BTreeSet;

use ::store::Tx;
use accounts::{account::name_key, country};
use kernel::{Problem, Result};
use speech::say;
use timeline::fact::Dealing;

use super::filter::line;
use crate::{
    Class,
    condition::{Condition, Field, Op, Operand, Wanted},
    store::{book::Search, countries},
};

/// Countries asked for at once.
const MOST_COUNTRIES: usize = 40;

/// The conditions as the store asks for them.
///
/// # Errors
/// `timeline.no_line` for a line that is none, `book.where` for a name without letters.
pub(super) fn resolved(tx: &mut Tx<'_>, wanted: Wanted) -> Result<Wanted> {
    wanted.replaced(&mut |condition: Condition| {
        let Operand::Text(text) = &condition.value else { return Ok(Wanted::One(condition)) };
        let value = match condition.field {
            Field::Line => Operand::Number(line(tx, text)?.0),
            Field::Name => match name_key(text) {
                key if key.is_empty() => return Err(nameless()),
                key => Operand::Text(key),
            },
            Field::Country => return Ok(country_of(condition.op, text)),
            _ => return Ok(Wanted::One(condition)),
        };
        Ok(Wanted::One(Condition { value, ..condition }))
    })
}

fn nameless() -> Problem {
    Problem::invalid("where", "book.where", say!("cannot read the filter: a name has at least one letter"))
}

/// A filter without the countries that it asks for beside everything else, which are told apart; where there are none, the same.
pub(super) fn without_countries(wanted: Wanted, countries: &mut Vec<String>) -> Option<Wanted> {
    let mut rest = Vec::new();
    let parts = match wanted {
        Wanted::All(parts) => parts,
        other => vec![other],
    };
    for part in parts {
        match named(&part) {
            Some(named) if countries.is_empty() => countries.extend(named),
            _ => rest.push(part),
        }
    }
    Wanted::all(rest)
}

/// The countries one of which a part of a filter asks for; nothing where it asks for anything else.
fn named(part: &Wanted) -> Option<Vec<String>> {
    match part {
        Wanted::One(Condition { field: Field::Country, op: Op::Is, value: Operand::Text(text) }) => {
            Some(vec![text.clone()])
        }
        Wanted::Any(parts) => parts.iter().map(named).collect::<Option<Vec<_>>>().map(|all| all.concat()),
        _ => None,
    }
}

/// Countries as accounts have them: each by those of its spellings that any has, else as it was asked for.
pub(super) fn written(tx: &mut Tx<'_>, countries: &[String]) -> Result<Vec<String>> {
    if countries.is_empty() {
        return Ok(Vec::new());
    }
    if MOST_COUNTRIES < countries.len() {
        let text = say!("ask for at most {MOST_COUNTRIES} countries at once; these are {}", countries.len());
        return Err(Problem::invalid("country", "book.countries", text));
    }
    let cut = |text: String| text.chars().take(countries::LONGEST).collect::<String>();
    let mut spellings: Vec<String> = countries.iter().flat_map(|text| spellings(text)).map(cut).collect();
    let mut seen = BTreeSet::new();
    spellings.retain(|text| seen.insert(text.clone()));
    let written = countries::written(tx, &spellings)?;
    Ok(if written.is_empty() { spellings } else { written })
}

/// Files and people write a country by its code or its name.
fn spellings(text: &str) -> Vec<String> {
    if text.eq_ignore_ascii_case("none") { vec![String::new()] } else { country::spellings(text) }
}

/// Each spelling is looked for.
fn country_of(op: Op, text: &str) -> Wanted {
    let one = |spelling: String| {
        let value = if spelling.is_empty() { Operand::Word("none") } else { Operand::Text(spelling) };
        Wanted::One(Condition { field: Field::Country, op: Op::Is, value })
    };
    let first = one(text.to_owned());
    let is = Wanted::any(spellings(text).into_iter().map(one)).unwrap_or(first);
    if op == Op::IsNot { is.negated() } else { is }
}

/// A search that also asks for conditions: only classes and preferences of which they can hold are walked, each by its own
/// index; conditions that ask for nothing but the class are answered by that.
pub(super) fn narrowed(search: Search, wanted: Wanted) -> Search {
    let can_be = |field: Field, word: &str| {
        let known = |condition: &Condition| match &condition.value {
            Operand::Word(asked) if condition.field == field => {
                Some((*asked == word) == (condition.op == Op::Is))
            }
            _ => None,
        };
        wanted.holds(&known) != Some(false)
    };
    let class_word = |class: &Class| class.as_str().replace(' ', "-");
    let classes: Vec<_> =
        search.classes.iter().copied().filter(|class| can_be(Field::Class, &class_word(class))).collect();
    let ways = match search.preferences.as_slice() {
        [] if can_be(Field::Preference, "none") => &[],
        [] => Dealing::ALL,
        some => some,
    };
    let preferences: Vec<_> =
        ways.iter().copied().filter(|way| can_be(Field::Preference, way.as_str())).collect();
    let only_class = wanted.conditions().iter().all(|condition| condition.field == Field::Class);
    // Where nothing can be found, the conditions themselves find nothing.
    let nothing = classes.is_empty() || preferences.is_empty() != ways.is_empty();
    Search {
        wanted: (nothing || !only_class).then(|| wanted.clone()),
        classes: if classes.is_empty() { search.classes } else { classes },
        preferences: if preferences.is_empty() { search.preferences } else { preferences },
        ..search
    }
}
