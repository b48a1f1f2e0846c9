//! What can be asked of the sample businesses: which there are, load one, remove it.

use ::store::{DataClass, Tx, queue};
use imports::{ImportId, ops as files, run::State};
use kernel::{Context, Day, Permission, Problem, ProblemKind, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::say;
use timeline::store as timeline_store;

use super::{
    Business,
    load::{LEAVE, LOAD as LOAD_JOB},
    store::{self, Loaded, Step},
};

pub(super) const LIST: Head = Head {
    name: "samples.list",
    act: Act::Read,
    method: Method::Get,
    path: "/samples",
    command: "demo",
    permission: Permission::Read,
    class: DataClass::Internal,
    sentence: "Lists the sample businesses that can be loaded to look around, and which are.",
    examples: &["mainstay demo"],
};

/// Nothing to say.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// A sample business, as it is shown.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownSample {
    /// The word by which it is loaded: practice, shop, saas.
    pub business: String,
    /// What it is.
    pub about: String,
    /// How far it is: not loaded, being loaded, loaded, being removed, stopped, and what of it stays.
    pub state: String,
    /// The day that counts as today in it, where it is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub today: Option<String>,
    /// The import that brought it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub import: Option<String>,
    /// What to type to load or remove it.
    pub command: String,
}

/// The sample businesses.
///
/// # Errors
/// `store.statement`.
pub fn list(cx: &Context, tx: &mut Tx<'_>, _: Nothing) -> Result<Vec<ShownSample>> {
    let all = store::loaded(tx)?;
    Business::ALL.into_iter().map(|business| shown(cx, tx, business, &all)).collect()
}

fn shown(cx: &Context, tx: &mut Tx<'_>, business: Business, all: &[Loaded]) -> Result<ShownSample> {
    let word = business.word();
    let known = all.iter().find(|one| one.business == word);
    let (state, verb) = match known {
        None => ("not loaded".to_owned(), ""),
        Some(one) => (state(cx, tx, one)?, " remove"),
    };
    Ok(ShownSample {
        business: word.to_owned(),
        about: business.sentence().to_owned(),
        state,
        today: known.map(|one| one.today.clone()),
        import: known.filter(|one| one.import != 0).map(|one| cx.codes.write(ImportId::new(one.import))),
        command: format!("mainstay demo {word}{verb}"),
    })
}

fn state(cx: &Context, tx: &mut Tx<'_>, one: &Loaded) -> Result<String> {
    if one.import == 0 {
        return Ok("being loaded".to_owned());
    }
    let lead = ImportId::new(one.import);
    let parts = imports::store::parts(tx, lead)?;
    if let Some(failed) = parts.iter().find(|part| part.state == State::Failed) {
        return Ok(format!("{STOPPED}{}", failed.failure));
    }
    let is_settled = one.step == Step::Whole && imports::progress(cx, tx, lead)?.finished.is_some();
    Ok(match (one.leaving, is_settled) {
        (false, false) => "being loaded",
        (false, true) if parts.iter().all(|part| part.state == State::Undone) => STAYS,
        (false, true) => "loaded",
        (true, _) => "being removed",
    }
    .to_owned())
}

/// What stands before the reason of one that stopped.
pub(super) const STOPPED: &str = "stopped: ";
/// What is said where people have recorded something on a sample.
const STAYS: &str = "removed, but for what was recorded on it by hand; its import lists that";

pub(super) const LOAD: Head = Head {
    name: "sample.load",
    act: Act::Write,
    method: Method::Post,
    path: "/samples/{business}",
    command: "demo {business}",
    permission: Permission::Write,
    class: DataClass::Internal,
    sentence: "Loads an invented business with years of history to look around in; it is taken back as one.",
    examples: &["mainstay demo shop", "mainstay demo practice --today 2024-03-31", "mainstay demo all"],
};

/// A sample business to load.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Load {
    /// Which: practice, shop, saas, or all.
    pub business: String,
    /// The day that counts as today in it, such as 2024-03-31; the clock's when absent. The same day is the same bytes.
    #[serde(default)]
    pub today: Option<String>,
    /// Load it beside records of your own.
    #[serde(default)]
    pub beside: Option<bool>,
}

/// Asks for sample businesses to be loaded; it is done in the background.
///
/// # Errors
/// `sample.none`, `sample.today`, `sample.loaded` for one that is there already, `sample.not_empty` for a house with
/// records of its own, `sample.line` where it has a service line of the same name.
pub fn load(cx: &Context, tx: &mut Tx<'_>, input: Load) -> Result<Vec<ShownSample>> {
    let meant = Business::meant(&input.business)?;
    let today = today(cx, input.today.as_deref())?;
    must_have_room(tx, input.beside == Some(true))?;
    let known = store::loaded(tx)?;
    let is_new = |business: &&Business| !known.iter().any(|one| one.business == business.word());
    let new: Vec<_> = meant.iter().filter(is_new).collect();
    if new.is_empty() {
        let text = say!(
            "load the sample business {0}: it is there already; mainstay demo {0} remove takes it back",
            input.business
        );
        return Err(Problem::conflict("sample.loaded", text));
    }
    for business in new {
        must_have_lines(tx, *business)?;
        let business = business.word().to_owned();
        queue::put(tx, LOAD_JOB, &business, cx.now.micros)?;
        store::put(
            tx,
            Loaded {
                business,
                today: today.to_string(),
                import: 0,
                step: Step::Comes,
                held: Vec::new(),
                leaving: false,
                stays: false,
            },
        )?;
    }
    list(cx, tx, Nothing {})
}

fn today(cx: &Context, said: Option<&str>) -> Result<Day> {
    let Some(said) = said else { return Ok(cx.today()) };
    let wrong = |text: String| Problem::invalid("today", "sample.today", text);
    let day = Day::parse(said).map_err(|_| wrong(say!("{said:?} is not a date; write it as 2024-03-31")))?;
    // What lies ahead of the clock has not happened, and years before 2000 have too few before them.
    if cx.today() < day || day.date().year() < 2000 {
        return Err(wrong(say!(
            "{day} cannot be today in a sample business; name a day from 2000 up to {}",
            cx.today()
        )));
    }
    Ok(day)
}

fn must_have_room(tx: &mut Tx<'_>, is_beside: bool) -> Result<()> {
    if is_beside {
        return Ok(());
    }
    let mut brought = Vec::new();
    for one in store::loaded(tx)?.into_iter().filter(|one| one.import != 0) {
        brought.extend(imports::store::parts(tx, ImportId::new(one.import))?.iter().map(|part| part.id));
    }
    if !store::knows_others(tx, &brought)? {
        return Ok(());
    }
    let text = say!(
        "load a sample business: this house holds records of its own, and invented ones would stand among them; \
         look around in a new house (--data ANOTHER-FOLDER), or load it beside them with --beside"
    );
    Err(Problem::conflict("sample.not_empty", text))
}

/// A line of the same name would be one line with two businesses on it.
fn must_have_lines(tx: &mut Tx<'_>, business: Business) -> Result<()> {
    for line in business.lines() {
        if timeline_store::line_of_name(tx, line)?.is_some() {
            let text = say!(
                "load the sample business {}: the house has a service line {line} already, and the two would become one; \
                 look around in a new house (--data ANOTHER-FOLDER)",
                business.word()
            );
            return Err(Problem::conflict("sample.line", text));
        }
    }
    Ok(())
}

pub(super) const REMOVE: Head = Head {
    name: "sample.remove",
    act: Act::Danger,
    method: Method::Delete,
    path: "/samples/{business}",
    command: "demo {business} remove",
    permission: Permission::Write,
    class: DataClass::Internal,
    sentence: "Takes a sample business back as one: the house is as it was before.",
    examples: &["mainstay demo shop remove"],
};

/// A sample business to remove.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Remove {
    /// Which: practice, shop, saas, or all.
    pub business: String,
}

/// Asks for sample businesses to be taken back; it is done in the background.
///
/// # Errors
/// `sample.none`, `sample.not_loaded`; `imports.state` while it is still being loaded.
pub fn remove(cx: &Context, tx: &mut Tx<'_>, input: Remove) -> Result<Vec<ShownSample>> {
    let meant = Business::meant(&input.business)?;
    let known = store::loaded(tx)?;
    let there: Vec<_> = known
        .into_iter()
        .filter(|one| meant.iter().any(|business| business.word() == one.business))
        .collect();
    if there.is_empty() {
        let text = say!("remove the sample business {}: it is not loaded", input.business);
        return Err(Problem::not_found("sample.not_loaded", text));
    }
    for one in there {
        if one.import != 0 {
            let id = cx.codes.write(ImportId::new(one.import));
            match files::ask_undo(cx, tx, files::Named { id }) {
                Err(problem) if problem.code == "imports.nothing_written" => (),
                answer => drop(answer?),
            }
        }
        queue::put(tx, LEAVE, &one.business, cx.now.micros)?;
        store::put(tx, Loaded { leaving: true, ..one })?;
    }
    list(cx, tx, Nothing {})
}

/// Whether a sample business can be loaded: the house holds nothing that invented records would stand among.
///
/// # Errors
/// `store.statement`.
pub(super) fn can_load(tx: &mut Tx<'_>, business: Business) -> Result<bool> {
    match must_have_room(tx, false).and_then(|()| must_have_lines(tx, business)) {
        Err(problem) if problem.kind == ProblemKind::Conflict => Ok(false),
        answer => answer.map(|()| true),
    }
}

/// Whether any sample business is there, for the notice that pages show. What people recorded on one that was taken back
/// is theirs.
///
/// # Errors
/// `store.statement`.
pub fn is_any(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(store::loaded(tx)?.iter().any(|one| !one.stays))
}
