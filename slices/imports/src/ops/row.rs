//! One row of a kept file: what stands in it, what its cells were taken to mean, what became of it.

use std::collections::BTreeSet;

use ::store::{DataClass, Tx};
use accounts::{ops::Source as Origin, store as accounts_store};
use kernel::{Context, Permission, Problem, Result};
use orders::store::Trace;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::say;
use timeline::{LineId, SourceRow, store as timeline_store};

use super::{
    became::{Became, about, recorded},
    head,
    receive::{joins, records},
    sight::Sight,
};
use crate::{
    Mapping, Target,
    batch::folded,
    lookup::{Around, Near, around},
    plan::Plan,
    run::{Run, State},
    store,
};

pub(super) const ROW: Head = Head {
    sentence: "Shows a row of an imported file: its cells, what each was taken to mean, and what became of the row.",
    examples: &["mainstay import imp_x7Kq2 row 17"],
    class: DataClass::Personal,
    ..head("import.row", Act::Read, Method::Get, "/imports/{id}/rows/{row}", "import {id} row {row}")
};

/// A row of an import.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedRow {
    /// The id of the import.
    pub id: String,
    /// The record in its file, the first after the header being 1.
    pub row: i64,
}

/// A row as it is shown.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownRow {
    /// The id of the import.
    pub import: String,
    /// The name of its file.
    pub file: String,
    /// The record in the file, the first after the header being 1.
    pub row: i64,
    /// Its cells, in the order of the file.
    pub cells: Vec<ShownCell>,
    /// What became of it.
    pub became: Became,
    /// The row before it, where there is one close by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<i64>,
    /// The row after it, where there is one close by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<i64>,
}

/// A cell as it is shown.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownCell {
    /// The heading of its column.
    pub column: String,
    /// What stands in it; absent where it is not the viewer's to see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What its column was taken to mean; absent for one that is not imported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meaning: Option<String>,
    /// How it reads by that; absent for readers, and where it is blank or cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_as: Option<String>,
}

/// By what the rows of an import are read.
struct Reading {
    run: Run,
    /// Nothing where the mapping does not fit the file.
    plan: Option<Plan>,
    /// The numbering of its party ids.
    space: String,
    /// The service line it writes to; 0 where that is not there yet.
    line: LineId,
}

/// Which cells of a row a viewer may see.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Eyes {
    All,
    /// Those that were imported: of a file that others brought, the account's page tells them too.
    Imported,
    None,
}

/// Shows a row of an import. A row of an account behind a wall is not there for whoever stands outside. Where a wall
/// keeps the viewer out, a file that others brought shows the rows of accounts that the viewer sees, and no other.
///
/// # Errors
/// `imports.none`, `imports.no_row`, `imports.gone` when the kept file is no longer there.
pub fn row(cx: &Context, tx: &mut Tx<'_>, input: NamedRow) -> Result<ShownRow> {
    let run = store::find(tx, cx.codes.read(&input.id)?)?;
    let none = || {
        let text = say!("{} has no row {}; the first after its header is row 1", run.called(), input.row);
        Problem::not_found("imports.no_row", text)
    };
    let joins = match Mapping::draft(&run.mapping) {
        Ok(mapping) => joins(&cx.files, &store::parts(tx, run.lead())?, &run, &mapping).ok().flatten(),
        Err(_) => None,
    };
    let found = around(records(&cx.files, &run)?.joined(joins), input.row).ok_or_else(none)?;
    let reading = Reading::of(tx, run.clone(), &found)?;
    let hidden = reading.hidden(cx, tx, &found.rows)?;
    let near = &found.rows[found.at];
    let became = reading.became(cx, tx, near, &found.names)?.ok_or_else(none)?;
    let sight = Sight::of(cx, tx)?;
    // Whoever brought the file knows which of its rows were not taken.
    let is_told = became.state == "rejected" && cx.actor.number() == run.by;
    if (hidden[found.at] && !is_told) || !(sight.opens(&run) || became.account.is_some()) {
        return Err(none());
    }
    let eyes = match () {
        () if !cx.actor.may(Permission::Write) => Eyes::None,
        () if sight.opens(&run) => Eyes::All,
        () => Eyes::Imported,
    };
    let shown = |place: &usize| sight.opens(&run) && !hidden[*place];
    let number = |place: usize| found.rows[place].record.row();
    Ok(ShownRow {
        import: input.id,
        file: run.name.clone(),
        row: input.row,
        cells: reading.cells(&found, eyes),
        became,
        previous: (0..found.at).rev().find(shown).map(number),
        next: (found.at + 1..found.rows.len()).find(shown).map(number),
    })
}

impl Reading {
    fn of(tx: &mut Tx<'_>, run: Run, found: &Around) -> Result<Reading> {
        let mapping = Mapping::draft(&run.mapping).ok();
        let plan = mapping.as_ref().and_then(|mapping| Plan::new(mapping, &found.names, found.own).ok());
        let fixed = mapping.map(|mapping| mapping.fixed);
        let line = match (&fixed, run.line) {
            (Some(fixed), 0) => timeline_store::line_of_name(tx, &fixed.line)?.map(|line| line.id),
            (_, line) => Some(LineId::new(line)),
        };
        let space = fixed.map(|fixed| fixed.party_space).unwrap_or_default();
        Ok(Reading { run, plan, space, line: line.unwrap_or(LineId::new(0)) })
    }

    /// Which of these rows belong to accounts that the viewer may not see. A row that cannot be read is hidden when
    /// any of its cells names such an account.
    fn hidden(&self, cx: &Context, tx: &mut Tx<'_>, rows: &[Near]) -> Result<Vec<bool>> {
        let named: Vec<_> = rows.iter().map(|near| self.named(near)).collect();
        let places: BTreeSet<_> = named.iter().flatten().cloned().collect();
        let places = accounts_store::hidden_keys(cx, tx, &places)?;
        let order = |near: &Near| self.plan.as_ref().and_then(|plan| plan.number(&near.record));
        let nameless = rows.iter().zip(&named).map(|(near, named)| order(near).filter(|_| named.is_empty()));
        let numbers: Vec<_> = nameless.collect();
        let keys: Vec<&str> = numbers.iter().flatten().map(String::as_str).collect();
        let orders = match keys.is_empty() {
            true => Vec::new(),
            false => orders::store::hidden(cx, tx, self.line, &keys)?,
        };
        let is_hidden = |(named, number): (&Vec<(String, String)>, &Option<String>)| {
            named.iter().any(|place| places.contains(place))
                || number.as_ref().is_some_and(|number| orders.contains(number))
        };
        Ok(named.iter().zip(&numbers).map(is_hidden).collect())
    }

    /// Whom a row names, as far as it can be read; all that it may name otherwise.
    fn named(&self, near: &Near) -> Vec<(String, String)> {
        match &self.plan {
            Some(plan) if near.rejection.is_none() => plan.whose(&near.record).into_iter().collect(),
            _ => {
                let texts = near.record.cells().map(str::trim).filter(|text| !text.is_empty());
                let spaces = [self.space.as_str(), "email", "name"];
                let each = |text: &str| spaces.map(|space| (space.to_owned(), text.to_owned()));
                texts.flat_map(each).collect()
            }
        }
    }

    /// What became of a row; nothing where it stands in an order that the viewer may not see.
    fn became(&self, cx: &Context, tx: &mut Tx<'_>, near: &Near, names: &[String]) -> Result<Option<Became>> {
        let (run, row) = (&self.run, near.record.row());
        if self.plan.as_ref().is_some_and(|plan| plan.target() != Target::OrdersRecord) {
            return self.became_besides(cx, tx, near, names);
        }
        let place = self.plan.as_ref().filter(|_| near.rejection.is_none());
        let traces = match place.and_then(|plan| plan.place(&near.record)) {
            Some((key, identity)) => {
                let row = SourceRow { run: run.id.0, row };
                orders::store::traces(tx, self.line, &key, row, folded(identity.0))?
            }
            None => Vec::new(),
        };
        let own = |trace: &&Trace| trace.source.run == run.id.0 && trace.source.row == row;
        if let Some(trace) = traces.iter().find(own) {
            return recorded(cx, tx, trace, "recorded");
        }
        let listed = store::rejections(tx, run.id, row - 1, 1)?.into_iter().find(|one| one.row == row);
        if let Some(rejection) = listed {
            return Ok(Some(Became::rejected(rejection)));
        }
        if run.state != State::Done {
            return Ok(Some(Became::of("not imported yet")));
        }
        if let Some(trace) = traces.first() {
            let names = timeline_store::source_names(tx, [trace.source])?;
            let copy_of = (trace.source.run != 0).then(|| Origin::of(cx, trace.source, &names));
            let became = recorded(cx, tx, trace, "stored already")?;
            return Ok(became.map(|became| Became { copy_of, ..became }));
        }
        let left_out = place.map(|plan| plan.is_left_out(&near.record, names));
        Ok(Some(match (near.rejection.clone(), left_out) {
            (Some(rejection), _) | (None, Some(Err(rejection))) => Became::rejected(rejection),
            (None, Some(Ok(true))) => Became::of("left out"),
            (None, _) => Became::of("not found"),
        }))
    }

    /// What became of a row that is no line of an order.
    fn became_besides(
        &self,
        cx: &Context,
        tx: &mut Tx<'_>,
        near: &Near,
        names: &[String],
    ) -> Result<Option<Became>> {
        let (run, row) = (&self.run, near.record.row());
        let listed = store::rejections(tx, run.id, row - 1, 1)?.into_iter().find(|one| one.row == row);
        if let Some(rejection) = listed.or_else(|| near.rejection.clone()) {
            return Ok(Some(Became::rejected(rejection)));
        }
        let Some(plan) = self.plan.as_ref() else { return Ok(Some(Became::of("not found"))) };
        match plan.is_left_out(&near.record, names) {
            Err(rejection) => return Ok(Some(Became::rejected(rejection))),
            Ok(true) => return Ok(Some(Became::of("left out"))),
            Ok(false) if run.state != State::Done => return Ok(Some(Became::of("not imported yet"))),
            Ok(false) => (),
        }
        let Some((space, key)) = plan.whose(&near.record) else { return Ok(Some(Became::of("recorded"))) };
        let known = accounts_store::known(tx, &[(space.as_str(), key.as_str())])?;
        let Some((account, _)) = known.into_values().next() else { return Ok(Some(Became::of("recorded"))) };
        about(cx, tx, account)
    }

    fn cells(&self, found: &Around, eyes: Eyes) -> Vec<ShownCell> {
        let record = &found.rows[found.at].record;
        let cell = |place: usize| {
            let meaning = self.plan.as_ref().and_then(|plan| plan.meaning_at(place));
            let read = self.plan.as_ref().zip(meaning).and_then(|(plan, it)| plan.read_as(record, it));
            let name = found.names.get(place).cloned();
            let is_open = eyes == Eyes::All || (eyes == Eyes::Imported && meaning.is_some());
            ShownCell {
                column: name.unwrap_or_else(|| say!("column {}", place + 1)),
                value: is_open.then(|| record.cell(place).to_owned()),
                meaning: meaning.map(|meaning| meaning.as_str().to_owned()),
                read_as: read.filter(|_| is_open),
            }
        };
        (0..found.names.len().max(record.len())).map(cell).collect()
    }
}
