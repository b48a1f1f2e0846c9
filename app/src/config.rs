//! Where the house stands: the folder of its data, its database, its time zone; checked when it opens.

use std::{
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use jiff::tz::TimeZone;
use kernel::{Actor, Codes, Context, Moment, Problem, Result};
use slice::{AccountPanel, Agenda, Consequences, Finder, House, Slice};
use store::{Location, Store, Tx};

use crate::slices;

/// The letters of ids outside, before an installation shuffles them.
const LETTERS: &str = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789";

/// What the command line and the environment say.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folder of the data.
    pub data: PathBuf,
    /// The address of a database server; the embedded engine in the data folder when absent.
    pub database: Option<String>,
}

/// The house with the slices it is made of.
pub struct Open {
    /// The running house.
    pub house: House,
    /// Its slices.
    pub slices: Vec<Slice>,
    /// What they show on the page of an account.
    pub panels: Vec<&'static AccountPanel>,
    /// What they find for words.
    pub finders: Vec<&'static Finder>,
    /// What they bring to the page of today.
    pub agendas: Vec<&'static Agenda>,
    /// What they have to say when a relationship is served as another class.
    pub consequences: Vec<&'static Consequences>,
}

impl Open {
    /// A house with these slices, what they bring to the pages of all.
    pub fn of(house: House, slices: Vec<Slice>) -> Open {
        let panels = slices.iter().flat_map(|slice| slice.panels).collect();
        let finders = slices.iter().flat_map(|slice| slice.finders).collect();
        let agendas = slices.iter().flat_map(|slice| slice.agendas).collect();
        let consequences = slices.iter().flat_map(|slice| slice.consequences).collect();
        Open { house, slices, panels, finders, agendas, consequences }
    }
}

/// Opens the house: the database at its newest schema, the folder of files, the settings of the installation.
///
/// # Errors
/// Whatever keeps the database from opening; `config.zone` for a stored time zone that is none.
pub fn open(settings: &Settings) -> Result<Open> {
    let slices = slices::all();
    timeline::sentence::collect(slices::sentences());
    timeline::store::held::collect(&slices::tables(&slices));
    let location = settings
        .database
        .clone()
        .map_or_else(|| Location::File(settings.data.join("mainstay.db")), Location::Server);
    let store = Store::open(&location, &slices::migrations(&slices))?;
    let files = settings.data.join("files");
    make_folder(&files)?;
    let clerk = Context {
        actor: Actor::System,
        now: Moment::at(clock()),
        zone: TimeZone::UTC,
        codes: Codes::new(LETTERS)?,
        files: files.as_path().into(),
    };
    let (alphabet, zone) = store.write(&clerk, installation)?;
    let zone = TimeZone::get(&zone).map_err(|cause| {
        Problem::internal("config.zone", format!("the stored time zone {zone:?} is unknown here"))
            .because(cause)
    })?;
    let own = Context { zone, codes: Codes::new(&alphabet)?, ..clerk };
    let tables = slices::tables(&slices);
    Ok(Open::of(House { store, files, tables, clock, own }, slices))
}

/// The alphabet of ids and the time zone of the business, made when the installation is new.
fn installation(tx: &mut Tx<'_>) -> Result<(String, String)> {
    let alphabet = match tx.setting("id.alphabet")? {
        Some(alphabet) => alphabet,
        None => {
            let alphabet = shuffled(LETTERS, &access::secret::fresh()?);
            tx.set("id.alphabet", &alphabet)?;
            alphabet
        }
    };
    Ok((alphabet, tx.setting("business.zone")?.unwrap_or_else(|| "UTC".to_owned())))
}

/// The letters in an order that the secret decides.
fn shuffled(letters: &str, secret: &str) -> String {
    let mut letters: Vec<char> = letters.chars().collect();
    let bytes: Vec<usize> = secret.bytes().map(usize::from).collect();
    for n in (1..letters.len()).rev() {
        let draw = bytes
            .iter()
            .cycle()
            .skip(n)
            .take(8)
            .fold(n, |sum, byte| sum.wrapping_mul(257).wrapping_add(*byte));
        letters.swap(n, draw % (n + 1));
    }
    letters.into_iter().collect()
}

fn make_folder(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).map_err(|cause| {
        let text =
            format!("cannot make the folder {}: {cause}; choose another with --data", folder.display());
        Problem::internal("config.folder", text)
    })
}

/// The clock, in microseconds since 1970 UTC: the one place of the house that reads it.
pub fn clock() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}
