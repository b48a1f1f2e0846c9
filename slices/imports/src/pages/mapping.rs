//! The mapping: what the form or the text says becomes the mapping of an import, or comes back with what is wrong.

use ::store::Tx;
use kernel::{Problem, ProblemKind, Result};
use slice::{Reply, Visit};

use super::{
    address,
    draft::{Draft, TEXT},
    import,
};
use crate::{
    Mapping,
    ops::{
        change::{self, SetMapping},
        view::{self, Named},
    },
    retold::retold,
};

/// Answers `POST /imports/{id}/mapping`.
pub(super) fn set(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let id = visit.part("id")?.to_owned();
    let import = view::view(visit.cx, tx, Named { id: id.clone() })?;
    let mut draft = Draft::begun(&import).typed(&visit.form);
    let by_text = visit.form.iter().any(|(field, _)| field == TEXT);
    let text = if by_text { Some(draft.value(TEXT).to_owned()) } else { written(&mut draft, &import)? };
    let Some(mapping) = text else { return import::answer(visit, tx, Some(draft)) };
    match change::set_mapping(visit.cx, tx, SetMapping { id: id.clone(), mapping }) {
        Err(problem) if problem.kind == ProblemKind::Invalid => {
            refuse(&mut draft, by_text, &problem);
            return import::answer(visit, tx, Some(draft));
        }
        answer => drop(answer?),
    }
    if visit.field("then") == Some("plan") {
        change::ask_plan(visit.cx, tx, Named { id: id.clone() })?;
    }
    Ok(Reply::Go(address(&id, "")))
}

/// The mapping of the form as text; nothing when something is wrong with it, which the draft says then.
fn written(draft: &mut Draft, import: &view::ShownImport) -> Result<Option<String>> {
    let base = Mapping::draft(&import.mapping)?;
    draft.mapping(&base, &import.columns).map(|mapping| mapping.to_toml()).transpose()
}

fn refuse(draft: &mut Draft, by_text: bool, problem: &Problem) {
    match by_text {
        true => draft.refuse(TEXT, ui::sentence(&retold(&problem.message))),
        false => draft.refuse_for(problem),
    }
}
