//! A switch: everything that follows is shown first, exactly that is done in one transaction, and undone as one.

mod exactly;
mod undo;

use ::store::{DataClass, Tx};
use kernel::{Context, Day, Moment, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use slice::{Act, Consequence, Consequences, Head, Method, Switching};
use speech::say;

use self::exactly::{digest, must_be};
pub(crate) use self::undo::newest;
pub use self::undo::{UNDO, Undo, undo};
use super::switching::{Case, usual_end};
use crate::{
    Class, overrides,
    store::{
        current,
        switches::{self, Found, Switch},
    },
    switch::{self, Course, SwitchId},
};

/// The consequences of all slices.
pub type Sockets<'a> = &'a [&'static Consequences];

/// What is said of showing a switch.
pub const PREVIEW: Head = Head {
    name: "switch.preview",
    act: Act::Read,
    method: Method::Get,
    path: "/relationships/{id}/switches/new",
    command: "relationship {id} switch preview",
    permission: Permission::Read,
    class: DataClass::Personal,
    sentence: "Shows everything that changes when a relationship is served as client or as customer, what stays as it is, and \
               why; with the digest by which exactly that is done.",
    examples: &["mainstay relationship rel_x7Kq2 switch preview --to client"],
};

/// What is said of a switch.
pub const APPLY: Head = Head {
    name: "switch.apply",
    act: Act::Write,
    method: Method::Post,
    path: "/relationships/{id}/switches",
    command: "relationship {id} switch",
    permission: Permission::Write,
    class: DataClass::Personal,
    sentence: "Does exactly what the preview of that digest shows, all at once; refused where the list has changed since.",
    examples: &[
        "mainstay relationship rel_x7Kq2 switch --to client --reason \"they call before they decide\" --digest 3f9a0c1d2e4b5a67",
    ],
};

/// A switch that is looked at.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Preview {
    /// The id of the relationship.
    pub id: String,
    /// client or customer: as what it is to be served; where absent, client, and customer for one that counts as client.
    #[serde(default)]
    pub to: Option<String>,
}

/// Everything that follows from a switch.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownPreview {
    /// The id of the relationship.
    pub id: String,
    /// The id of the account.
    pub account: String,
    /// The name of the account.
    pub name: String,
    /// The name of the service line.
    pub line: String,
    /// The class that counts now.
    pub from: String,
    /// The class that counts afterwards.
    pub to: String,
    /// What the evidence says, whatever is switched: "customer, 0.61".
    pub evidence: String,
    /// The class is set by hand, which needs a reason and has a last day.
    pub by_hand: bool,
    /// The last day on which it counts, where nobody names another.
    pub until: String,
    /// What changes; nothing where it is served so already.
    pub changes: Vec<Consequence>,
    /// What stays as it is.
    pub stays: Vec<Consequence>,
    /// By which exactly this is done.
    pub digest: String,
}

/// Shows what follows from a switch.
///
/// # Errors
/// `relationship.none`, `switch.to`.
pub fn preview(cx: &Context, tx: &mut Tx<'_>, sockets: Sockets<'_>, input: Preview) -> Result<ShownPreview> {
    let (switching, case) = asked(cx, tx, &input)?;
    // What stands for the list is the same whoever looks, in whatever language.
    let english = speech::plainly(|| foreseen(cx, tx, sockets, &switching))?;
    let digest = digest(&switching, &english);
    let foreseen = match speech::is_plain() {
        true => english,
        false => foreseen(cx, tx, sockets, &switching)?,
    };
    let lines = timeline::store::lines(tx)?;
    let line = lines.iter().find(|line| line.id == case.found.line).map(|line| line.name.clone());
    let to = switch::class(&switching.to)?;
    let (changes, stays) = foreseen.into_iter().partition(Consequence::is_change);
    Ok(ShownPreview {
        id: input.id,
        account: cx.codes.write(case.found.account),
        name: case.found.name.clone(),
        line: line.unwrap_or_default(),
        from: switching.from,
        to: switching.to,
        evidence: case.evidence(),
        by_hand: Course::to(to, case.stands()).sets,
        until: usual_end(cx.today()).to_string(),
        changes,
        stays,
        digest,
    })
}

/// A switch that was looked at.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Apply {
    /// The id of the relationship.
    pub id: String,
    /// client or customer: as what it is to be served.
    pub to: String,
    /// Why; asked for where the class is set by hand. Everybody who sees the class sees it.
    #[serde(default)]
    pub reason: Option<String>,
    /// The last day on which it counts, where the class is set by hand, such as 2027-01-31; 365 days from today where absent.
    #[serde(default)]
    pub until: Option<String>,
    /// The digest of the preview: exactly that is done.
    pub digest: String,
}

/// A switch that was done.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Switched {
    /// Its id.
    pub switch: String,
    /// The id of the relationship.
    pub id: String,
    /// The class that counted before.
    pub was: String,
    /// The class that counts since.
    pub became: String,
    /// Why.
    pub reason: String,
    /// Who did it; absent for the house itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// When.
    pub at: String,
    /// What changed.
    pub changes: Vec<Consequence>,
    /// When it was undone, if it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undone: Option<String>,
    /// Who undid it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undone_by: Option<String>,
}

impl Switched {
    /// Whether it holds, with that class as it counts now: then it can be undone, as far as switches tell.
    pub(crate) fn counts(&self, class: &str) -> bool {
        self.undone.is_none() && self.became == class
    }

    /// As it was found.
    pub(crate) fn of(cx: &Context, found: &Found) -> Switched {
        let held = &found.held;
        Switched {
            switch: cx.codes.write(held.id),
            id: cx.codes.write(found.relationship),
            was: held.was.to_string(),
            became: held.became.to_string(),
            reason: held.reason.clone(),
            by: found.author.clone(),
            at: Moment::at(held.at).iso(),
            changes: changed(&held.list),
            undone: held.undone_at.map(|at| Moment::at(at).iso()),
            undone_by: found.undoer.clone(),
        }
    }
}

/// What changed, as it was kept in English; what of it is said in fixed words, in the language of whoever looks.
fn changed(list: &str) -> Vec<Consequence> {
    let mut changes: Vec<Consequence> = serde_json::from_str(list).unwrap_or_default();
    for change in &mut changes {
        for text in [&mut change.what, &mut change.now, &mut change.then, &mut change.why] {
            *text = speech::word!(text);
        }
    }
    changes
}

/// Does exactly what was shown.
///
/// # Errors
/// `relationship.none`, `switch.to`; `switch.nothing` where nothing would change, `switch.changed` where the list has changed
/// since it was shown; `override.reason`, `override.until`, `day.format` for a field that does not hold.
pub fn apply(cx: &Context, tx: &mut Tx<'_>, sockets: Sockets<'_>, input: Apply) -> Result<Switched> {
    let (mut switching, case) = asked(cx, tx, &Preview { id: input.id, to: Some(input.to) })?;
    let to = switch::class(&switching.to)?;
    // It is kept, so it is in English whoever switches.
    let foreseen = speech::plainly(|| foreseen(cx, tx, sockets, &switching))?;
    must_be(&switching, &foreseen, &input.digest)?;
    let course = Course::to(to, case.stands());
    let until = overrides::last_day(input.until.as_deref(), cx.today())?;
    let reason = input.reason.unwrap_or_default();
    switching.reason = match course.sets {
        true => overrides::reason(&reason, to)?,
        false => reason.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    switching.until = Some(until);
    let mut deeds = serde_json::Map::new();
    for socket in sockets {
        if let Some(own) = &socket.deeds {
            deeds.insert(socket.of.to_owned(), (own.carry_out)(cx, tx, &switching)?);
        }
    }
    let changes: Vec<_> = foreseen.into_iter().filter(Consequence::is_change).collect();
    let kept = switches::keep(
        tx,
        Switch {
            id: SwitchId::new(0),
            account: case.found.account,
            line: case.found.line,
            was: Class::parse(&switching.from).unwrap_or(Class::NotEnough),
            became: to,
            reason: switching.reason,
            until,
            list: serde_json::to_string(&changes).unwrap_or_default(),
            deeds: Value::from(deeds).to_string(),
            author: cx.actor.number(),
            at: cx.now.micros,
            undone_at: None,
        },
    )?;
    shown(cx, tx, kept.id)
}

fn shown(cx: &Context, tx: &mut Tx<'_>, id: SwitchId) -> Result<Switched> {
    Ok(Switched::of(cx, &switches::one(cx, tx, id)?.ok_or_else(none)?))
}

fn none() -> Problem {
    Problem::not_found("switch.none", say!("there is no such switch"))
}

/// The relationship that is asked about, and what is asked.
fn asked(cx: &Context, tx: &mut Tx<'_>, input: &Preview) -> Result<(Switching, Case)> {
    let id = cx.codes.read(&input.id)?;
    let (account, line) = current::place(cx, tx, id)?;
    let case = Case::read(cx, tx, id, (account, line))?;
    let to = input.to.as_deref().map_or_else(|| Ok(switch::other(case.stands().class())), switch::class)?;
    let switching = Switching {
        relationship: id.0,
        account: account.0,
        line: line.0,
        from: case.stands().class().to_string(),
        to: to.to_string(),
        reason: String::new(),
        until: None::<Day>,
    };
    Ok((switching, case))
}

fn foreseen(
    cx: &Context,
    tx: &mut Tx<'_>,
    sockets: Sockets<'_>,
    switching: &Switching,
) -> Result<Vec<Consequence>> {
    let mut all = Vec::new();
    for socket in sockets {
        all.extend((socket.foresee)(cx, tx, switching)?);
    }
    Ok(all)
}
