//! What was answered of a pair just now: told in its place and at the head, with the way back.

use ::store::Tx;
use kernel::{Context, ProblemKind, Result};
use maud::{Markup, Render};
use slice::Visit;
use speech::{html, say};
use ui::{Button, Line, Note, hidden};

use super::PLACE;
use crate::{
    ops::merge::{OfMerge, ShownCouple, ShownMerge, view},
    store::{duplicate, visible},
};

/// In which states pairs are shown; the first where nothing is asked for.
const STATES: [&str; 3] = ["open", "later", "not_same"];

/// The state of that word.
pub(super) fn state(word: Option<&str>) -> &'static str {
    STATES.into_iter().find(|state| Some(*state) == word).unwrap_or(STATES[0])
}

/// What was answered just now.
pub(super) enum Done {
    /// They are one party.
    Merged(ShownMerge),
    /// They are not, or that is put off.
    Said {
        /// Their ids.
        ids: [String; 2],
        /// Their names.
        names: [String; 2],
        /// not_same or later.
        decision: &'static str,
    },
}

impl Done {
    /// What the address says was answered, as far as it holds; an address that is none says nothing.
    pub(super) fn asked(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Option<Done>> {
        if let Some(id) = visit.asked("merged") {
            let merge = view(visit.cx, tx, OfMerge { id: id.to_owned() });
            return Ok(forgiven(merge)?.map(Done::Merged));
        }
        let Some(ids) = visit.asked("said").and_then(|said| said.split_once(' ')) else {
            return Ok(None);
        };
        let decision = state(visit.asked("as"));
        let stands = forgiven(stands(visit.cx, tx, ids.into()))?.flatten();
        let stands = stands.filter(|(_, stands)| stands == decision && decision != STATES[0]);
        let ids = [ids.0.to_owned(), ids.1.to_owned()];
        Ok(stands.map(|(names, _)| Done::Said { ids, names, decision }))
    }

    /// In the place where the pair stood, so that the button of the next one does not come to lie under the pointer.
    pub(super) fn line(&self) -> Line {
        let (word, names) = match self {
            Done::Merged(merge) => (say!("Merged"), merge.couples.first().map(became).unwrap_or_default()),
            Done::Said { names, decision, .. } => (say!("Answered"), said(names, decision)),
        };
        Line::new(html! { (word) }, html! { span .soft { (names) } })
    }

    /// At the head of pairs in that state, with the way back for whoever may decide, whose forms carry that mark.
    pub(super) fn note(&self, state: &str, csrf: Option<&str>) -> Markup {
        let (said, undo) = match self {
            Done::Merged(merge) => {
                let couples = html! { @for couple in &merge.couples { p { (became(couple)) } } };
                let is_undone = merge.state.starts_with("undo");
                (couples, csrf.filter(|_| !is_undone).map(|csrf| unmerge(merge, csrf)))
            }
            Done::Said { ids, names, decision } => {
                (html! { p { (said(names, decision)) } }, csrf.map(|csrf| again(ids, state, csrf)))
            }
        };
        Note::new(html! { (said) (undo.unwrap_or_default()) }).render()
    }
}

fn unmerge(merge: &ShownMerge, csrf: &str) -> Markup {
    html! {
        form .acts method="post" action=(format!("/merges/{}/undo", merge.id)) {
            (hidden("csrf", csrf)) (Button::submit(say!("Undo the merge")).key('u'))
        }
    }
}

/// Takes back what was said of two, so that they are asked for again.
fn again(ids: &[String; 2], state: &str, csrf: &str) -> Markup {
    html! {
        form .acts method="post" action=(format!("{PLACE}/{}/{}", ids[0], ids[1])) {
            (hidden("csrf", csrf))
            (hidden("state", state))
            (Button::submit(say!("Undo")).sends("decision", "open").key('u'))
        }
    }
}

/// The names of two accounts that the viewer may see, and what stands of the pair; nothing where nothing does.
fn stands(cx: &Context, tx: &mut Tx<'_>, ids: [&str; 2]) -> Result<Option<([String; 2], String)>> {
    let [first, second] = [cx.codes.read(ids[0])?, cx.codes.read(ids[1])?];
    let [first, second] = [visible(cx, tx, first)?, visible(cx, tx, second)?];
    let state = duplicate::state(tx, first.id.min(second.id), first.id.max(second.id))?;
    Ok(state.map(|state| ([first.name, second.name], state)))
}

/// Nothing where an address names what is not there, or no more for this viewer.
fn forgiven<T>(found: Result<T>) -> Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(problem) if matches!(problem.kind, ProblemKind::NotFound | ProblemKind::Invalid) => Ok(None),
        Err(problem) => Err(problem),
    }
}

/// What was said of two that are not merged.
fn said([first, second]: &[String; 2], decision: &str) -> String {
    match decision {
        "later" => say!("Whether {first} and {second} are one party is put off."),
        _ => say!("{first} and {second} stay two; they are not asked for again."),
    }
}

/// Which two became one.
fn became(couple: &ShownCouple) -> String {
    match couple.state.as_str() {
        "refused" => say!("{} could not be merged into {}.", couple.gone_name, couple.kept_name),
        "undone" => say!("{} and {} are two again.", couple.gone_name, couple.kept_name),
        _ => say!("{} became one with {}, which is kept.", couple.gone_name, couple.kept_name),
    }
}
