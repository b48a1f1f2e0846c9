//! People who act for accounts, as the rows of a file say them: a plan that only reads, then exactly that plan written.

use std::collections::{BTreeMap, HashMap};

use ::store::Tx;
use kernel::{Context, Result};
use timeline::{
    said::{self, Said, Sheet, blank},
    store::{Change, rewrite_changes, said_of, said_place},
};

use super::{contacts_taken, matching::Matching, resolve};
pub use crate::contact_input::{ContactInput, Counts};
use crate::{
    contact,
    party::{Party, PersonName, Resolution, Seen},
    store::contacts::{self as kept, Held},
};

/// What a batch of rows would do.
#[derive(Debug)]
pub struct Planned<'a> {
    people: Vec<Person>,
    /// The accounts it found and those it would make.
    pub resolution: Resolution,
    /// What it comes to.
    pub counts: Counts,
    /// Rows about an account that the viewer may not see; they are no part of the rest.
    pub walled: Vec<ContactInput<'a>>,
    /// The person of each row that is neither in `walled` nor blank, in their order: below zero for a new one.
    pub contacts: Vec<i64>,
}

/// Somebody, and what the rows of a batch say of them.
#[derive(Debug)]
struct Person {
    number: i64,
    account: i64,
    own_account: i64,
    says: Sheet,
    /// As they are stored; none for somebody who would be new.
    held: Option<Held>,
    /// What this import said of them so far.
    own: Option<Said>,
    /// What tells them apart.
    names: Vec<PersonName>,
    rows: usize,
    updated: bool,
}

impl<'a> Planned<'a> {
    /// Nobody yet.
    pub(super) fn of(resolution: Resolution) -> Planned<'a> {
        let counts = Counts {
            accounts_created: i64::try_from(resolution.created()).unwrap_or(i64::MAX),
            accounts_linked: i64::try_from(resolution.linked()).unwrap_or(i64::MAX),
            ..Counts::default()
        };
        Planned { people: Vec::new(), resolution, counts, walled: Vec::new(), contacts: Vec::new() }
    }

    /// Has later batches of the walk know what this one found out, once it is written (or, in a dry run, counted).
    pub fn learn(&self, seen: &mut Seen) {
        seen.learn(&self.resolution);
        for person in &self.people {
            let people = &mut seen.people;
            for name in &person.names {
                people.known.entry(name.clone()).or_insert(person.number);
            }
            if person.held.is_none() {
                people.made.insert(person.number);
                people.planned = people.planned.min(person.number);
            }
            *people.stated.entry(person.number).or_default() |= person.updated;
        }
    }
}

/// Works out what a batch does; reads only. People are found by the id of the file, else by an email address at the same
/// account, else (where a row has neither) by their name there. Rows about an account behind a wall that keeps the
/// viewer out are set aside.
///
/// # Errors
/// `store.statement`.
pub fn plan<'a>(
    cx: &Context,
    tx: &mut Tx<'_>,
    seen: &Seen,
    inputs: &[ContactInput<'a>],
    run: i64,
) -> Result<Planned<'a>> {
    let parties: Vec<Party<'a>> =
        inputs.iter().flat_map(|input| [Some(input.party), input.own]).flatten().collect();
    let resolution = resolve::plan(cx, tx, seen, &parties, run)?;
    let mut accounts = resolution.accounts.iter().copied();
    let whose = inputs.iter().map(|input| {
        let account = accounts.next().unwrap_or(0);
        (account, input.own.and_then(|_| accounts.next()).unwrap_or(0))
    });
    let whose: Vec<(i64, i64)> = whose.collect();
    plan_whose(cx, tx, seen, (inputs, &whose), resolution, run)
}

fn plan_whose<'a>(
    cx: &Context,
    tx: &mut Tx<'_>,
    seen: &Seen,
    (inputs, whose): (&[ContactInput<'a>], &[(i64, i64)]),
    resolution: Resolution,
    run: i64,
) -> Result<Planned<'a>> {
    let said: Vec<_> = inputs.iter().zip(whose).map(|(input, (account, _))| input.says(*account)).collect();
    plan_said(cx, tx, seen, (inputs, whose, said), Planned::of(resolution), run)
}

/// Rows, whose each is, what each says.
pub(super) type Rows<'i, 'a> = (&'i [ContactInput<'a>], &'i [(i64, i64)], Vec<(Sheet, Vec<PersonName>)>);

/// Works out what rows come to that say these things.
pub(super) fn plan_said<'a>(
    cx: &Context,
    tx: &mut Tx<'_>,
    seen: &Seen,
    (inputs, whose, said): Rows<'_, 'a>,
    planned: Planned<'a>,
    run: i64,
) -> Result<Planned<'a>> {
    let matching = Matching::read(cx, tx, seen, said.iter().flat_map(|(_, names)| names))?;
    let own = said_of(tx, contacts_taken::CHANGE, matching.stored())?;
    let held = kept::sheets(cx, tx, matching.stored())?;
    let mut plan = Plan { seen, run, held, own, matching, places: HashMap::new(), planned };
    for ((input, whose), (says, names)) in inputs.iter().zip(whose).zip(said) {
        plan.row(input, *whose, says, names);
    }
    Ok(plan.planned)
}

/// A plan in the making.
struct Plan<'s, 'a> {
    seen: &'s Seen,
    run: i64,
    held: BTreeMap<i64, Held>,
    own: HashMap<i64, Vec<(i64, Said)>>,
    matching: Matching<'s>,
    /// Where each person stands in the plan.
    places: HashMap<i64, usize>,
    planned: Planned<'a>,
}

impl<'a> Plan<'_, 'a> {
    fn row(&mut self, input: &ContactInput<'a>, whose: (i64, i64), says: Sheet, names: Vec<PersonName>) {
        let hidden = &self.planned.resolution.hidden;
        if hidden.contains(&whose.0) || hidden.contains(&whose.1) {
            self.planned.walled.push(input.clone());
            return;
        }
        let is_named =
            says.keys().any(|field| !field.starts_with("role:") && field != "title" && field != "consent");
        if !is_named {
            self.planned.counts.blank += 1;
            return;
        }
        let number = self.matching.find(&names);
        if self.held.get(&number).is_some_and(|held| !held.is_visible) {
            self.planned.walled.push(input.clone());
            return;
        }
        self.matching.learn(&names, number);
        self.planned.contacts.push(number);
        let place = match self.places.get(&number) {
            Some(place) => *place,
            None => self.person(number),
        };
        let person = &mut self.planned.people[place];
        (person.account, person.rows) = (whose.0, person.rows + 1);
        if whose.1 != 0 {
            person.own_account = whose.1;
        }
        person.says.extend(says);
        person.names.extend(names);
        let is_own = |held: &Held| held.run == self.run && self.run != 0;
        let is_made = self.seen.people.made.contains(&number) || person.held.as_ref().is_none_or(is_own);
        let before = self.seen.people.stated.get(&number).copied();
        self.planned.counts.met(person, before, is_made);
    }

    /// Takes somebody into the plan.
    fn person(&mut self, number: i64) -> usize {
        let all = self.own.get(&number).into_iter().flatten();
        let mut own = all.filter(|(by, _)| *by == self.run && self.run != 0);
        self.places.insert(number, self.planned.people.len());
        self.planned.people.push(Person {
            number,
            account: 0,
            own_account: 0,
            says: Sheet::new(),
            held: self.held.get(&number).cloned(),
            own: own.next().map(|(_, said)| said.clone()),
            names: Vec::new(),
            rows: 0,
            updated: false,
        });
        self.planned.people.len() - 1
    }
}

impl Counts {
    /// Counts a row about somebody. `before` says whether an earlier batch met them, and changed them.
    fn met(&mut self, person: &mut Person, before: Option<bool>, is_made: bool) {
        let is_first = person.rows == 1 && before.is_none();
        self.repeated += i64::from(!is_first);
        self.created += i64::from(is_first && is_made);
        self.linked += i64::from(is_first && !is_made);
        if !is_made && before != Some(true) && !person.updated && person.changes() {
            person.updated = true;
            self.updated += 1;
            self.linked -= 1;
        }
    }
}

impl Person {
    /// Everything that the rows say, with whose they are.
    fn all(&self) -> Sheet {
        let mut all = self.says.clone();
        all.insert("account".to_owned(), self.account.to_string());
        if self.own_account != 0 {
            all.insert("own_account".to_owned(), self.own_account.to_string());
        }
        // Two notations of one address or number are no change.
        let current = self.held.iter().flat_map(|held| contact::points(&held.sheet));
        for (kind, key, value) in current {
            if let Some(said) = all.get_mut(&contact::point_field(kind, key)) {
                value.clone_into(said);
            }
        }
        all
    }

    fn changes(&self) -> bool {
        let nothing = Sheet::new();
        let current = self.held.as_ref().map_or(&nothing, |held| &held.sheet);
        said::differs(current, self.own.as_ref(), &self.all())
    }
}

/// Writes a plan in the transaction that made it.
///
/// # Errors
/// `store.conflict` when another import wrote the same meanwhile: plan again.
pub fn apply(cx: &Context, tx: &mut Tx<'_>, planned: &mut Planned<'_>, run: i64) -> Result<()> {
    let ids = resolve::apply(cx, tx, &mut planned.resolution, run)?;
    let named = |account: i64| ids.get(&account).copied().unwrap_or(account);
    let fresh = planned.people.iter().filter(|person| person.held.is_none()).count();
    let mut numbers = tx.allocate("contact", i64::try_from(fresh).unwrap_or(i64::MAX))?;
    let at = if run == 0 { 0 } else { said_place(tx)? };
    let (mut new, mut changed, mut changes) = (Vec::new(), Vec::new(), Vec::new());
    let mut became = HashMap::new();
    for person in &mut planned.people {
        (person.account, person.own_account) = (named(person.account), named(person.own_account));
        person.names.iter_mut().for_each(|name| name.name_account(named));
        let (nothing, mut all) = (Sheet::new(), person.all());
        let is_new = person.held.is_none();
        if is_new {
            let number = numbers.next().unwrap_or(0);
            became.insert(person.number, number);
            person.number = number;
            let called = blank(&all, "name").to_owned();
            all.insert("name".to_owned(), if called.is_empty() { contact::called(&all) } else { called });
        }
        let current = person.held.as_ref().map_or(&nothing, |held| &held.sheet);
        let after = said::with(current.clone(), &all);
        let mut said = person.own.take().unwrap_or_else(|| Said { at, made: is_new, ..Said::default() });
        said.say(current, &all);
        changes.push(Change { id: person.number, before: said.write() });
        match is_new {
            true => new.push((person.number, after)),
            false if *current != after => changed.push((person.number, after)),
            false => (),
        }
    }
    planned.contacts.iter_mut().for_each(|number| *number = became.get(number).copied().unwrap_or(*number));
    kept::insert(cx, tx, &new, run)?;
    kept::rewrite(tx, &changed)?;
    rewrite_changes(tx, run, contacts_taken::CHANGE, &changes)
}
