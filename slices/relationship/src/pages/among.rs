//! Among: the way from one record of a list to the next, and back to the list.

use std::borrow::Cow;

use ::store::Tx;
use kernel::Result;
use maud::{Markup, Render};
use slice::Visit;
use speech::{html, say};
use ui::{Address, Button};

use super::asked::{address, asked, with_filter};
use crate::{
    ops::{Filter, Neighbour, Neighbours, neighbours},
    store::current::RelationshipId,
};

/// What the address of a record says that was opened from the book.
const OF: (&str, &str) = ("of", "book");

/// Where a record stands in the list from which it was opened.
pub(super) struct Among {
    list: Filter,
    beside: Neighbours,
}

/// The address of a record of that list.
pub(super) fn record(id: &str, list: &Filter) -> String {
    let address = Address::new(format!("/relationships/{id}")).with(OF.0, Some(OF.1));
    with_filter(address, &Filter { limit: None, ..list.clone() }).write()
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
        Ok(Some(Among { list, beside }))
    }

    /// Where the list is.
    pub(super) fn list(&self) -> String {
        address(&self.list).write()
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
