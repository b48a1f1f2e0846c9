//! Views of the book: saved, shared, changed, deleted and brought back.

mod asks;

use ::store::{DataClass, Tx};
use kernel::{Context, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::say;

use super::{filter::Filter, policy::Nothing};
use crate::{
    store::views::{self as stored, Listed},
    view::{self, View, ViewId},
};

pub(super) use self::asks::asked;
use self::asks::{kept, may_be_shared, text};

/// Most views that are listed.
const MOST: i64 = 200;

/// A view as it is shown.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownView {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Everybody has it; each sees in it what they may see.
    pub shared: bool,
    /// Who saved it; absent for the house itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Whether the caller saved it.
    pub own: bool,
    /// Whether the caller may change and delete it.
    pub may_change: bool,
    /// It was deleted, and can be brought back.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub deleted: bool,
    /// What it asks the book for.
    pub filter: Filter,
}

impl ShownView {
    fn of(cx: &Context, (view, by): Listed) -> ShownView {
        ShownView {
            id: cx.codes.write(view.id),
            shared: view.shared,
            by,
            own: view.owner == cx.actor.number(),
            may_change: view.may_change(&cx.actor),
            deleted: view.is_deleted,
            filter: serde_json::from_str(&view.filter).unwrap_or_default(),
            name: view.name,
        }
    }
}

pub(super) const LIST: Head = Head {
    name: "views.list",
    act: Act::Read,
    method: Method::Get,
    path: "/views",
    command: "views",
    permission: Permission::Read,
    class: DataClass::Business,
    sentence: "Lists the views of the book that one saved and those that others share.",
    examples: &["mainstay views", "mainstay views -o json"],
};

/// Lists views.
///
/// # Errors
/// `store.statement`.
pub fn list(cx: &Context, tx: &mut Tx<'_>, _: Nothing) -> Result<Vec<ShownView>> {
    Ok(stored::of(cx, tx, MOST)?.into_iter().map(|listed| ShownView::of(cx, listed)).collect())
}

pub(super) const SAVE: Head = Head {
    name: "view.save",
    act: Act::Write,
    method: Method::Post,
    path: "/views",
    command: "view save {name}",
    permission: Permission::Read,
    class: DataClass::Business,
    sentence: "Saves what the book is asked for under a name, for oneself, or with --shared for everybody: each sees in it \
               what they may see.",
    examples: &[
        "mainstay view save \"Quiet clients\" --filter '{\"where\":\"class:client and last<today-90\",\"sort\":\"last\"}'",
    ],
};

/// A view to save.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveView {
    /// What it is called, in at most 60 letters.
    pub name: String,
    /// Everybody has it; takes a member or an owner.
    #[serde(default)]
    pub shared: bool,
    /// What the book is asked for: the fields of `relationships`.
    #[serde(default)]
    pub filter: Filter,
}

/// Saves a view.
///
/// # Errors
/// `views.name`, `views.shared` for a reader who shares, `views.walled` for one that would tell names behind a wall, and
/// what [`super::list`] refuses.
pub fn save(cx: &Context, tx: &mut Tx<'_>, input: SaveView) -> Result<ShownView> {
    let name = view::name(&input.name)?;
    let filter = kept(cx, tx, input.filter)?;
    if input.shared {
        may_be_shared(cx, tx, &name, &filter)?;
    }
    let id = stored::keep(cx, tx, &name, input.shared, &text(&filter)?)?;
    one(cx, tx, id)
}

pub(super) const CHANGE: Head = Head {
    name: "view.change",
    act: Act::Write,
    method: Method::Put,
    path: "/views/{id}",
    command: "view {id} change",
    permission: Permission::Read,
    class: DataClass::Business,
    sentence: "Changes a view: its name, what it asks for, whether it is shared; whoever saved it may, and owners what is \
               shared.",
    examples: &["mainstay view viw_x7Kq2 change --name \"Quiet for a quarter\" --shared true"],
};

/// What to change of a view.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeView {
    /// The id of the view.
    pub id: String,
    /// What it is called; as it is where absent.
    #[serde(default)]
    pub name: Option<String>,
    /// Whether everybody has it; as it is where absent.
    #[serde(default)]
    pub shared: Option<bool>,
    /// What the book is asked for; as it is where absent.
    #[serde(default)]
    pub filter: Option<Filter>,
}

/// Changes a view.
///
/// # Errors
/// `views.none`, `views.not_yours`, and as [`save`].
pub fn change(cx: &Context, tx: &mut Tx<'_>, input: ChangeView) -> Result<ShownView> {
    let mut view = changeable(cx, tx, &input.id, false)?;
    if let Some(name) = &input.name {
        view.name = view::name(name)?;
    }
    let filter = match input.filter {
        Some(filter) => kept(cx, tx, filter)?,
        None => serde_json::from_str(&view.filter).unwrap_or_default(),
    };
    view.filter = text(&filter)?;
    view.shared = input.shared.unwrap_or(view.shared);
    if view.shared {
        may_be_shared(cx, tx, &view.name, &filter)?;
    }
    stored::change(cx, tx, &view)?;
    one(cx, tx, view.id)
}

pub(super) const DELETE: Head = Head {
    name: "view.delete",
    act: Act::Write,
    method: Method::Delete,
    path: "/views/{id}",
    command: "view {id} delete",
    permission: Permission::Read,
    class: DataClass::Business,
    sentence: "Deletes a view; the relationships in it stay as they are, and the view can be brought back.",
    examples: &["mainstay view viw_x7Kq2 delete"],
};

/// A view.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OneView {
    /// The id of the view.
    pub id: String,
}

/// Deletes a view.
///
/// # Errors
/// `views.none`, `views.not_yours`.
pub fn delete(cx: &Context, tx: &mut Tx<'_>, input: OneView) -> Result<ShownView> {
    let view = changeable(cx, tx, &input.id, false)?;
    stored::delete(cx, tx, view.id, true)?;
    one(cx, tx, view.id)
}

pub(super) const RESTORE: Head = Head {
    name: "view.restore",
    act: Act::Write,
    method: Method::Post,
    path: "/views/{id}/restoration",
    command: "view {id} restore",
    permission: Permission::Read,
    class: DataClass::Business,
    sentence: "Brings back a view that was deleted.",
    examples: &["mainstay view viw_x7Kq2 restore"],
};

/// Brings a view back.
///
/// # Errors
/// `views.none`, `views.not_yours`.
pub fn restore(cx: &Context, tx: &mut Tx<'_>, input: OneView) -> Result<ShownView> {
    let view = changeable(cx, tx, &input.id, true)?;
    stored::delete(cx, tx, view.id, false)?;
    one(cx, tx, view.id)
}

/// A view that the caller has.
///
/// # Errors
/// `views.none`.
pub fn view(cx: &Context, tx: &mut Tx<'_>, id: &str) -> Result<ShownView> {
    let (view, by) = held(cx, tx, id)?;
    if view.is_deleted { Err(none()) } else { Ok(ShownView::of(cx, (view, by))) }
}

/// A view that the caller deleted and may bring back; nothing for any other.
///
/// # Errors
/// `id.unknown`.
pub fn deleted(cx: &Context, tx: &mut Tx<'_>, id: &str) -> Result<Option<ShownView>> {
    let found = stored::find(tx, cx.codes.read(id)?)?;
    let found =
        found.filter(|(view, _)| view.is_deleted && view.is_for(&cx.actor) && view.may_change(&cx.actor));
    Ok(found.map(|listed| ShownView::of(cx, listed)))
}

/// A view that the caller has, deleted or not.
fn held(cx: &Context, tx: &mut Tx<'_>, id: &str) -> Result<Listed> {
    let found = stored::find(tx, cx.codes.read(id)?)?;
    found.filter(|(view, _)| view.is_for(&cx.actor)).ok_or_else(none)
}

fn one(cx: &Context, tx: &mut Tx<'_>, id: ViewId) -> Result<ShownView> {
    stored::find(tx, id)?.map(|listed| ShownView::of(cx, listed)).ok_or_else(none)
}

fn none() -> Problem {
    Problem::not_found(
        "views.none",
        say!(
            "there is no such view, or its owner keeps it to themselves; `mainstay views` lists those there are"
        ),
    )
}

fn changeable(cx: &Context, tx: &mut Tx<'_>, id: &str, is_deleted: bool) -> Result<View> {
    let (view, by) = held(cx, tx, id)?;
    if view.is_deleted != is_deleted {
        return Err(none());
    }
    if view.may_change(&cx.actor) {
        return Ok(view);
    }
    let by = by.unwrap_or_else(|| say!("the house").into_owned());
    let text = say!(
        "change the view \u{201c}{}\u{201d}: {by} saved it; ask them or an owner, or save one of your own",
        view.name
    );
    Err(Problem::forbidden("views.not_yours", text))
}
