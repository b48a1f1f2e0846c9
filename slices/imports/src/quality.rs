//! What the rows of a file are worth: what is blank, cannot be read, stands twice, contradicts itself.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use kernel::{Currency, Day};

use crate::{
    Identity, LineKind, Meaning, OwnedParty, Record, Rejection, Target, TypedRow,
    matter::Matter,
    meaning::Reads,
    plan::{Plan, Repeated},
};

/// Parties by numbering and key.
pub(crate) type Parties = HashSet<(String, String)>;

/// Words that stand for nothing known.
const SENTINELS: [&str; 12] = [
    "-1",
    "999",
    "9999",
    "unknown",
    "nonexistent",
    "n/a",
    "null",
    "none",
    "?",
    "\\n",
    "(blank)",
    "not available",
];

/// Looks at rows one after the other; what stood before decides what is repeated.
pub(crate) struct Checks<'p> {
    plan: &'p Plan,
    names: &'p [String],
    today: Day,
    /// Those of whom a contract runs, where rows tell who left.
    running: Parties,
    repeated: Repeated,
    totalled: HashSet<u128>,
    seen: HashSet<Identity>,
    records: HashMap<String, Identity>,
    /// How many rows tell each currency.
    pub currencies: BTreeMap<Currency, u64>,
    /// How many rows stand in each month that is not after today, and the last day.
    pub months: BTreeMap<i32, u64>,
    pub last_day: Option<Day>,
}

/// What a row says as far as it is checked.
struct Said {
    identity: Identity,
    day: Option<Day>,
    currency: Option<Currency>,
    /// The number of its record, where rows of one number are one thing.
    record: Option<String>,
    is_named: bool,
    names: Vec<String>,
    matters: Vec<Matter>,
}

impl<'p> Checks<'p> {
    pub(crate) fn new(plan: &'p Plan, names: &'p [String], today: Day) -> Checks<'p> {
        Checks {
            plan,
            names,
            today,
            running: Parties::new(),
            repeated: Repeated::default(),
            totalled: HashSet::new(),
            seen: HashSet::new(),
            records: HashMap::new(),
            currencies: BTreeMap::new(),
            months: BTreeMap::new(),
            last_day: None,
        }
    }

    /// With those of whom a contract runs.
    pub(crate) fn with_running(self, running: Parties) -> Checks<'p> {
        Checks { running, ..self }
    }

    /// What is the matter with a row that does not fit the table.
    pub(crate) fn rejected(&self, rejection: &Rejection) -> BTreeSet<Matter> {
        let at_fault =
            |places: &[usize]| places.iter().any(|at| self.names.get(*at) == rejection.column.as_ref());
        let whose =
            [Meaning::PartyId, Meaning::PartyName, Meaning::Email].map(|meaning| self.plan.place_of(meaning));
        let whose: Vec<usize> = whose.into_iter().flatten().collect();
        BTreeSet::from([match () {
            () if at_fault(&self.plan.reads(Reads::Date)) => Matter::UnreadDate,
            () if at_fault(&whose) => Matter::NobodyNamed,
            () => Matter::Unread,
        }])
    }

    /// What is the matter with a row.
    pub(crate) fn look(&mut self, record: &Record) -> BTreeSet<Matter> {
        let said = match self.said(record) {
            Ok(said) => said,
            Err(rejection) => return self.rejected(&rejection),
        };
        let mut matters: BTreeSet<Matter> = said.matters.into_iter().collect();
        if !said.is_named {
            matters.insert(Matter::NobodyNamed);
        }
        if said.names.iter().any(|name| is_test(name)) {
            matters.insert(Matter::Test);
        }
        if record.cells().any(is_sentinel) {
            matters.insert(Matter::Sentinel);
        }
        if !self.seen.insert(said.identity) {
            matters.insert(Matter::Repeated);
        } else if let Some(number) = said.record.filter(|number| !number.is_empty()) {
            let first = self.records.entry(number).or_insert(said.identity);
            if *first != said.identity {
                matters.insert(Matter::Clash);
            }
        }
        match said.day {
            Some(day) if self.today < day => drop(matters.insert(Matter::Future)),
            Some(day) => {
                *self.months.entry(day.month()).or_default() += 1;
                self.last_day = self.last_day.max(Some(day));
            }
            None => (),
        }
        if let Some(currency) = said.currency {
            *self.currencies.entry(currency).or_default() += 1;
        }
        matters
    }

    /// What a line of an order says.
    fn said_of_line(&mut self, record: &Record) -> Result<Said, Rejection> {
        let line = self
            .plan
            .line(record, &mut self.repeated, &mut self.totalled)
            .map_err(|wrong| wrong.at(record.row(), self.names))?;
        let kind = match line.kind {
            LineKind::Excluded => vec![Matter::LeftOut],
            LineKind::Cancellation => vec![Matter::WentBack],
            _ => Vec::new(),
        };
        let party = line.party.as_ref();
        Ok(Said {
            identity: line.identity,
            day: Some(self.plan.day(line.at)),
            currency: Some(line.currency),
            record: None,
            is_named: party.is_some(),
            names: party
                .into_iter()
                .flat_map(|party| [Some(&*party.id), party.name])
                .flatten()
                .map(str::to_owned)
                .collect(),
            matters: kind,
        })
    }

    fn said(&mut self, record: &Record) -> Result<Said, Rejection> {
        if self.plan.target() == Target::OrdersRecord {
            return self.said_of_line(record);
        }
        let row = self.plan.typed(record, &mut self.repeated);
        let row = row.map_err(|wrong| wrong.at(record.row(), self.names))?;
        let matters = self.matters(&row);
        let party = row.party.as_ref();
        let numbered = match self.plan.target() {
            Target::AccountsRecord => {
                // A name is no number: two of one name are no contradiction.
                party.filter(|party| party.space != "name").map(|party| party.key.clone())
            }
            Target::InvoicesRecord => row.text(Meaning::OrderNumber).map(str::to_owned),
            Target::ProductsRecord => row.text(Meaning::Sku).map(str::to_owned),
            _ => row.text(Meaning::RecordId).map(str::to_owned),
        };
        Ok(Said {
            identity: row.identity,
            day: row.at(Meaning::Date).map(|at| self.plan.day(at)),
            currency: row.currency,
            record: numbered,
            is_named: party.is_some() || self.plan.target() == Target::ProductsRecord,
            names: party
                .into_iter()
                .flat_map(|party| [Some(party.key.clone()), party.name.clone()])
                .flatten()
                .collect(),
            matters,
        })
    }
}

impl Checks<'_> {
    /// What of a row does not fit together, with itself or with what it is about.
    fn matters(&self, row: &TypedRow) -> Vec<Matter> {
        let day = |meaning| row.at(meaning).map(|at| self.plan.day(at));
        let (start, end) = (day(Meaning::Start), day(Meaning::End));
        let flag = row.flag(Meaning::Ended);
        let about_itself = self.plan.target() != Target::UsageRecord;
        let backwards = start.zip(end).is_some_and(|(start, end)| end < start);
        let unended = flag == Some(false) && end.is_some_and(|end| end <= self.today);
        let endless = flag == Some(true) && end.is_none() && self.plan.has(Meaning::End);
        let used = day(Meaning::Date).filter(|_| !about_itself);
        let left = self.plan.target() == Target::LeavingsRecord && flag != Some(false);
        let runs = |party: &OwnedParty| self.running.contains(&(party.space.clone(), party.key.clone()));
        let all = [
            (row.excluded.is_some(), Matter::LeftOut),
            (row.number(Meaning::Refunded).is_some_and(|amount| 0 < amount), Matter::WentBack),
            (about_itself && (backwards || unended || endless), Matter::Contradiction),
            (used.zip(start).is_some_and(|(used, start)| used < start), Matter::BeforeContract),
            (used.zip(end).is_some_and(|(used, end)| end < used), Matter::AfterContract),
            (left && row.party.as_ref().is_some_and(runs), Matter::StillRuns),
        ];
        all.into_iter().filter(|(is_so, _)| *is_so).map(|(_, matter)| matter).collect()
    }
}

fn is_sentinel(cell: &str) -> bool {
    let cell = cell.trim();
    SENTINELS.iter().any(|word| word.eq_ignore_ascii_case(cell))
}

fn is_test(name: &str) -> bool {
    let first = name.split(|letter: char| !letter.is_alphanumeric()).find(|word| !word.is_empty());
    first.is_some_and(|word| {
        ["test", "tester", "testing", "dummy"].iter().any(|known| known.eq_ignore_ascii_case(word))
    }) || name.to_lowercase().ends_with(" test")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_is_known_by_its_name_and_a_testament_is_none() {
        for name in ["test", "Test Account", "Eric's Test", "dummy"] {
            assert!(is_test(name), "{name}");
        }
        for name in ["Testament Press", "Contest Ltd", ""] {
            assert!(!is_test(name), "{name}");
        }
    }
}
