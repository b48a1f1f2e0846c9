//! Among: the way from one record of a list to the next, and back to the list.

use std::borrow::Cow;

use ::store::Tx;
use kernel::Result;
use maud::{Markup, Render};
use slice::{FROM, Visit};
use speech::{html, say};
use ui::{Address, Button};

use super::asked::{address, asked, with_filter};
use crate::{
    ops::{Filter, Neighbour, Neighbours, neighbours},
    store::current::RelationshipId,
};

/// Before the id of a record in its address.
const RECORD: &str = "/relationships/";
/// What the address of a record says that was opened from the book.
const OF: (&str, &str) = ("of", "book");

/// Where a record stands in the list from which it was opened.
pub(super) struct Among {
    /// Its own address in that list.
    here: String,
    list: Filter,
    beside: Neighbours,
}

/// The address of a record of that list, with the page of the list that leads to it.
pub(super) fn record(id: &str, list: &Filter) -> String {
    let address = Address::new(format!("{RECORD}{id}")).with(OF.0, Some(OF.1));
    let address = with_filter(address, &Filter { limit: None, ..list.clone() });
    address.with("after", list.after.as_deref()).write()
}

/// The same visit on which everything that is opened or sent from the page leads back to the record at that address.
pub(super) fn carrying<'v>(visit: &Visit<'v>, here: &str) -> Visit<'v> {
    let query = visit.query.iter().filter(|(name, _)| name != FROM).cloned();
    Visit {
        query: query.chain([(FROM.to_owned(), here.to_owned())]).collect(),
        parts: visit.parts.clone(),
        form: visit.form.clone(),
        house: visit.house.clone(),
        ..*visit
    }
}

impl Among {
    /// As the address says; nothing for a record that was opened from no list, or from one that asks for what is not there.
    pub(super) fn read(visit: &Visit<'_>, tx: &mut Tx<'_>, id: RelationshipId) -> Result<Option<Among>> {
        if visit.asked(OF.0) != Some(OF.1) {
            return Ok(None);
        }
        let Ok(list) = asked(visit) else { return Ok(None) };
        let beside = match neighbours(visit.cx, tx, &list, id) {
            Ok(beside) => beside,
            Err(problem) if problem.kind.status() < 500 => return Ok(None),
            Err(problem) => return Err(problem),
        };
        let here = record(&visit.cx.codes.write(id), &list);
        Ok(Some(Among { here, list, beside }))
    }

    /// The same of a form that was sent from such a record.
    pub(super) fn sent(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Option<Among>> {
        let Some(from) = visit.opened_from() else { return Ok(None) };
        let id = from.strip_prefix(RECORD).and_then(|rest| rest.split('?').next()).unwrap_or_default();
        let Ok(id) = visit.cx.codes.read(id) else { return Ok(None) };
        let (parts, form, house) = (visit.parts.clone(), Vec::new(), visit.house.clone());
        Among::read(&Visit { query: Address::asked(from), parts, form, house, ..*visit }, tx, id)
    }

    /// The address of the record in that list.
    pub(super) fn here(&self) -> &str {
        &self.here
    }

    /// Where the list is: the page of it from which the record was opened.
    pub(super) fn list(&self) -> String {
        address(&self.list).with("after", self.list.after.as_deref()).write()
    }
}

impl Render for Among {
    fn render(&self) -> Markup {
        let way = |words: Cow<'static, str>, to: &Option<Neighbour>, key| match to {
            Some(one) => {
                let label = format!("{words}: {}", one.name);
                Button::link(words, record(&one.id, &self.list)).key(key).label(label)
            }
            None => Button::link(words, "").off(),
        };
        html! {
            (way(say!("Previous"), &self.beside.previous, 'k'))
            (way(say!("Next"), &self.beside.next, 'j'))
        }
    }
}
