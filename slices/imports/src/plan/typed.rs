//! Reading a record by the meanings of its target: each cell by its kind, and what the target cannot do without.

use std::borrow::Cow;

use kernel::{Currency, Problem};
use timeline::fact::Dealing;

use super::{Plan, Repeated, Wrong};
use crate::{
    Identity, Mapping, Meaning, Record, Target,
    date::{self, Written},
    duration, flag,
    mapping::position,
    meaning::Reads,
    minor, number,
    record::shortened,
    terms,
    typed::{OwnedParty, TypedRow, Value, whole_name},
    values::{numeric, present},
};

type Read<T> = Result<T, Wrong>;

impl Plan {
    /// What the rows become.
    pub(crate) fn target(&self) -> Target {
        self.mapping.target
    }

    /// The record, read.
    pub(crate) fn typed(&self, record: &Record, repeated: &mut Repeated) -> Read<TypedRow> {
        let mut values = Vec::with_capacity(self.mapping.columns.len());
        let mut identity = Identity::default();
        let mut dates = Vec::new();
        for meaning in self.mapping.columns.keys().copied() {
            let Some(value) = self.value(record, meaning, &mut dates)? else { continue };
            values.push((meaning, value));
        }
        self.name_contact(&mut values);
        for (at, (cell, key)) in record.cells().zip(&self.keys).enumerate() {
            identity = match dates.iter().find(|(column, _)| *column == at) {
                Some((_, written)) => identity.with_value(*key, written.instant()),
                None => match self.plainly(at, cell) {
                    Some(number) => identity.with_cell(*key, &number),
                    None => identity.with_cell(*key, cell),
                },
            };
        }
        let currency = match self.columns[Meaning::Currency.index()] {
            None => self.mapping.fixed.currency,
            Some(_) if !values.iter().any(|(meaning, _)| meaning.reads() == Reads::Amount) => None,
            Some(_) => Some(self.currency(record, repeated)?),
        };
        self.in_major_units(&mut values, currency);
        let party = self.owned_party(record);
        self.name_by_day(&mut values, party.as_ref());
        let mut row = TypedRow {
            row: record.row(),
            identity,
            party,
            currency,
            excluded: None,
            values,
            more: self.further(record),
        };
        row.excluded = self.other(record).or_else(|| self.why_excluded(&row)).map(String::into_boxed_str);
        if row.excluded.is_none() {
            self.must_tell(&row)?;
            self.must_be_known(&row)?;
        }
        Ok(row)
    }

    /// Amounts that are written in the smallest unit of their currency, in its major unit.
    fn in_major_units(&self, values: &mut [(Meaning, Value)], currency: Option<Currency>) {
        if !self.mapping.formats.minor_units {
            return;
        }
        let settled = values.iter().find_map(|(meaning, value)| match value {
            Value::Text(code) if *meaning == Meaning::SettledCurrency => {
                Currency::parse(&code.to_uppercase()).ok()
            }
            _ => None,
        });
        for (meaning, value) in values.iter_mut().filter(|(meaning, _)| meaning.reads() == Reads::Amount) {
            let of = if *meaning == Meaning::Settled { settled.or(currency) } else { currency };
            if let (Value::Number(number), Some(currency)) = (value, of) {
                *number = minor::major(*number, currency);
            }
        }
    }

    /// What further columns of one meaning say.
    fn further(&self, record: &Record) -> Vec<(Meaning, Box<str>)> {
        let said = self.also.iter().filter_map(|(meaning, at)| Some((*meaning, present(record.cell(*at))?)));
        said.map(|(meaning, text)| (meaning, text.into())).collect()
    }

    fn value(
        &self,
        record: &Record,
        meaning: Meaning,
        dates: &mut Vec<(usize, Written)>,
    ) -> Read<Option<Value>> {
        let column = self.columns[meaning.index()];
        let cell = self.cell(record, meaning);
        let Some(text) = present(cell) else { return Ok(None) };
        let wrong = |reason: Cow<'static, str>| Wrong::new(column, cell, reason);
        Ok(Some(match meaning.reads() {
            Reads::Id => match self.id(record, meaning) {
                Some(id) => Value::Text(id.into()),
                None => return Ok(None),
            },
            Reads::Text if meaning == Meaning::Duration => {
                duration::minutes(text).map_err(|reason| wrong(reason.into()))?;
                Value::Text(text.into())
            }
            Reads::Text if meaning == Meaning::Wants && Dealing::read(text).is_none() => {
                let words = "just transactions, no relationship, renewals only, open to advice";
                return Err(wrong(format!("is none of {words}").into()));
            }
            Reads::Text => {
                terms::refused(meaning, text).map_or(Ok(()), |why| Err(wrong(why.into())))?;
                Value::Text(text.into())
            }
            Reads::Amount | Reads::Number => {
                let Some(text) = numeric(text) else { return Ok(None) };
                let sign = self.mapping.formats.decimal(meaning);
                Value::Number(number::parse(text, sign).map_err(|reason| wrong(reason.into()))?)
            }
            Reads::Flag => Value::Flag(flag::parse(text).map_err(|reason| wrong(reason.into()))?),
            Reads::Date => {
                let order = self.mapping.formats.dates(meaning);
                let mut written = date::parse(text, order).map_err(|reason| {
                    wrong(format!("{reason}; the column is read as {}", order.as_str()).into())
                })?;
                if !written.is_plausible() {
                    return Err(wrong("lies in no year that is read; years from 1900 to 2099 are".into()));
                }
                written.date_only |= self.mapping.formats.whole_days && written.is_midnight();
                dates.extend(column.map(|column| (column, written)));
                Value::At(written.moment(&self.zone))
            }
        }))
    }

    /// How the cell of that meaning reads, in words; nothing where it is blank or cannot be read.
    pub(super) fn said(&self, record: &Record, meaning: Meaning) -> Option<String> {
        match self.value(record, meaning, &mut Vec::new()).ok()?? {
            Value::At(at) if at.date_only => Some(at.day(&self.zone).to_string()),
            Value::At(at) => Some(at.iso()),
            Value::Flag(flag) => Some(if flag { "yes" } else { "no" }.to_owned()),
            Value::Text(text) => Some(text.into()),
            Value::Number(number) => Some(number.to_string()),
        }
    }

    /// A person whose name stands in two cells has it in one.
    fn name_contact(&self, values: &mut Vec<(Meaning, Value)>) {
        let text = |wanted: Meaning| {
            values.iter().find_map(|(meaning, value)| match value {
                Value::Text(text) if *meaning == wanted => Some(&**text),
                _ => None,
            })
        };
        if self.mapping.target != Target::ContactsRecord || text(Meaning::ContactName).is_some() {
            return;
        }
        let name = whole_name(text(Meaning::FirstName), text(Meaning::LastName)).map(Cow::into_owned);
        if let Some(name) = name {
            values.push((Meaning::ContactName, Value::Text(name.into())));
            values.sort_by_key(|(meaning, _)| *meaning);
        }
    }

    /// For whom a person acts: an address or a name in the row is the person's own, who acts for themselves where the row
    /// names nobody else.
    fn employer(&self, record: &Record) -> Option<OwnedParty> {
        let said = |text: Option<&str>| text.map(str::to_owned);
        let name = said(self.text(record, Meaning::PartyName));
        let country = said(self.text(record, Meaning::Country));
        let email = self.text(record, Meaning::Email).filter(|email| email.contains('@'));
        let own = || whole_name(self.text(record, Meaning::FirstName), self.text(record, Meaning::LastName));
        let (space, key, email) = match (self.id(record, Meaning::PartyId), &name, email) {
            (Some(id), ..) => (self.mapping.fixed.party_space.clone(), id.to_owned(), None),
            (None, Some(name), _) => ("name".to_owned(), name.clone(), None),
            (None, None, Some(email)) => ("email".to_owned(), email.to_lowercase(), said(Some(email))),
            // Who has neither a firm nor an address is told apart by name and number.
            (None, None, None) => {
                let name =
                    said(self.text(record, Meaning::ContactName)).or_else(|| own().map(Cow::into_owned))?;
                let phone = self.text(record, Meaning::Phone).map(|phone| format!(", {phone}"));
                let key = format!("{name}{}", phone.unwrap_or_default());
                return Some(OwnedParty {
                    space: "name".to_owned(),
                    key,
                    name: Some(name),
                    country,
                    email: None,
                });
            }
        };
        let contact = said(self.text(record, Meaning::ContactName)).or_else(|| own().map(Cow::into_owned));
        let name = if email.is_some() { contact } else { name };
        Some(OwnedParty { space, key, name, country, email })
    }

    fn owned_party(&self, record: &Record) -> Option<OwnedParty> {
        if self.mapping.target == Target::ContactsRecord {
            return self.employer(record);
        }
        let said = |text: Option<&str>| text.map(str::to_owned);
        let first = self.text(record, Meaning::FirstName);
        let parts = (self.mapping.target == Target::AccountsRecord)
            .then(|| whole_name(first, self.text(record, Meaning::LastName)))
            .flatten();
        if let Some(party) = self.party(record) {
            return Some(OwnedParty {
                space: party.space.to_owned(),
                key: party.id.into_owned(),
                name: said(party.name).or_else(|| parts.map(Cow::into_owned)),
                country: said(party.country),
                email: said(party.email),
            });
        }
        let name = parts?.into_owned();
        let country = said(self.text(record, Meaning::Country));
        Some(OwnedParty {
            space: "name".to_owned(),
            key: name.clone(),
            name: Some(name),
            country,
            email: None,
        })
    }

    /// Why a record is not among those that the mapping takes, where it takes some only.
    pub(super) fn other(&self, record: &Record) -> Option<String> {
        let (at, only) = self.only.zip(self.mapping.rules.only.as_ref())?;
        let cell = record.cell(at).trim();
        let is_other = !only.values.iter().any(|value| value.eq_ignore_ascii_case(cell));
        is_other.then(|| format!("another {}", only.column))
    }

    fn why_excluded(&self, row: &TypedRow) -> Option<String> {
        let party = row.party.as_ref().map(|party| [Some(party.key.as_str()), party.name.as_deref()]);
        let (status, document) = (row.text(Meaning::Status), row.text(Meaning::DocumentType));
        self.mapping.rules.exclude.why(status, document, row.text(Meaning::Sku), party.unwrap_or_default())
    }
}

/// The place of the column that tells which rows are taken.
pub(super) fn only(mapping: &Mapping, names: &[String]) -> kernel::Result<Option<usize>> {
    let Some(only) = &mapping.rules.only else { return Ok(None) };
    position(names, &only.column).map(Some).ok_or_else(|| {
        let seen = shortened(&names.join(", "));
        let message =
            speech::say!("the file has no column {:?} for `rules.only`; it has {seen}", only.column);
        Problem::invalid("rules.only.column", "imports.no_column", message)
    })
}
