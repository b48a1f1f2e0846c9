//! The fields of an account, each with the link that edits it, one of them as its form.

use ::store::Tx;
use kernel::{Permission, Problem, Result};
use maud::{Markup, Render};
use slice::Visit;
use speech::{html, say};
use timeline::AccountId;
use ui::{Address, Asked, Edit, Typed, edit_link, hidden};

use super::{Corrected, EDIT, back, carrying, fields::Group, home, merged, open, spoken, tried};
use crate::ops::{Change, Shown, change, changed, planned};

/// The fields of an account on its page.
pub struct Place {
    /// The page on which they stand.
    page: Address,
    may_write: bool,
    form: Option<(Group, Markup)>,
    kept: Option<(Group, String)>,
}

/// One field as a page shows it: its group, and what stands there; none where nobody said anything.
pub type Row = (Group, Option<Markup>);

impl Place {
    /// The fields of an account for that visit: what is a form now, what was refused, what was kept.
    ///
    /// # Errors
    /// `store.statement`.
    pub fn read(visit: &Visit<'_>, tx: &mut Tx<'_>, shown: &Shown) -> Result<Place> {
        let may_write = visit.cx.actor.may(Permission::Write);
        let group = open(visit).and_then(Group::parse).filter(|_| may_write);
        let form = match group {
            Some(group) => {
                let action = carrying(visit, format!("/accounts/{}/correction", shown.id));
                let back = format!("{}#edit-{}", home(visit, &shown.id).write(), group.name());
                Some((group, form(visit, tx, shown, (group.name(), &group.asked()), (action, back))?))
            }
            None => None,
        };
        let kept = visit.asked("kept").and_then(Group::parse);
        let kept = kept.and_then(|group| Some((group, merged(visit, group.name(), &group.asked())?)));
        Ok(Place { page: home(visit, &shown.id), may_write, form, kept })
    }

    fn address(&self, group: Group) -> String {
        let first = group.asked().first().map_or("", |field| field.name);
        format!("{}#e-{first}", self.page.clone().with(EDIT, Some(group.name())).write())
    }

    fn link(&self, group: Group) -> Markup {
        let what = group.within();
        html! { @if self.may_write { (edit_link(&self.address(group), group.name(), &what)) } }
    }

    fn form_of(&self, group: Group) -> Option<&Markup> {
        self.form.as_ref().filter(|(open, _)| *open == group).map(|(_, form)| form)
    }

    fn kept_of(&self, group: Group) -> Markup {
        let said = self.kept.as_ref().filter(|(kept, _)| *kept == group).map(|(_, said)| said);
        html! { @if let Some(said) = said { p .small .soft role="status" { (said) } } }
    }

    /// What stands beside the name: the link that edits it, or its form.
    pub fn name(&self) -> Markup {
        match self.form_of(Group::Name) {
            Some(form) => form.clone(),
            None => html! { (self.link(Group::Name)) (self.kept_of(Group::Name)) },
        }
    }

    /// The fields under their names; those of which nobody said anything, where they are not asked about always, in one line
    /// of links at the end.
    pub fn rows(&self, rows: Vec<Row>) -> Markup {
        let unsaid = |(group, value): &Row| value.is_none() && self.form_of(*group).is_none();
        let (unsaid, said): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(unsaid);
        html! {
            dl .dl {
                @for (group, value) in &said {
                    // A form says its labels itself.
                    dt class=[self.form_of(*group).map(|_| "sr")] { (group.label()) }
                    dd {
                        @if let Some(form) = self.form_of(*group) { (form) }
                        @else { (value.clone().unwrap_or_default()) " " (self.link(*group)) }
                        (self.kept_of(*group))
                    }
                }
                @if self.may_write && !unsaid.is_empty() {
                    dt { "Not said" }
                    dd {
                        @for (n, (group, _)) in unsaid.iter().enumerate() {
                            @if 0 < n { ", " }
                            a id={ "edit-" (group.name()) } href=(self.address(*group)) aria-label=(say!("Add {what}", what = group.within())) { (group.label()) }
                        }
                    }
                }
            }
        }
    }
}

/// These fields of an account as a form of that name, with where it is sent to and where one goes who leaves it.
///
/// # Errors
/// `store.statement`.
pub(crate) fn form(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
    shown: &Shown,
    (name, asked): (&str, &[Asked]),
    (action, back): (String, String),
) -> Result<Markup> {
    let typed = (!visit.form.is_empty()).then(|| Typed::sent(&visit.form, asked));
    let wrong = tried(visit, tx, |tx| planned(visit.cx, tx, &wanted(&shown.id, asked, typed.as_ref())));
    let clash = wrong.as_ref().is_some_and(|wrong| wrong.code == "accounts.changed");
    let by = if clash { by(visit, tx, shown, asked)? } else { Vec::new() };
    Ok(Edit {
        now: asked.iter().map(|field| now(shown, field.name)).collect(),
        asked,
        version: shown.version.as_str().into(),
        typed,
        wrong: wrong.as_ref().map(ui::refusal),
        clash,
        by,
        action: action.into(),
        hidden: html! { (hidden("csrf", visit.csrf)) (hidden(EDIT, name)) },
        back: back.into(),
    }
    .render())
}

fn by(visit: &Visit<'_>, tx: &mut Tx<'_>, shown: &Shown, asked: &[Asked]) -> Result<Vec<Option<String>>> {
    let id: AccountId = visit.cx.codes.read(&shown.id)?;
    let names: Vec<&str> = asked.iter().map(|field| field.name).collect();
    let by = changed::of_account(visit.cx, tx, id, &names)?;
    Ok(by.into_iter().map(|by| by.map(|by| spoken(visit.cx, &by))).collect())
}

/// What stands in a field of an account.
fn now(shown: &Shown, name: &str) -> String {
    match name {
        "name" => &shown.name,
        "kind" => &shown.kind,
        "consumer" if shown.consumer => crate::account::YES,
        "country" => &shown.country,
        "email" => &shown.email,
        "phone" => &shown.phone,
        "website" => &shown.website,
        "street" => &shown.street,
        "postcode" => &shown.postcode,
        "city" => &shown.city,
        "region" => &shown.region,
        "regulatory" => &shown.regulatory,
        _ => "",
    }
    .to_owned()
}

/// The change that a form asks for.
fn wanted(id: &str, asked: &[Asked], typed: Option<&Typed>) -> Change {
    let value = |name: &str| typed.and_then(|typed| typed.value(asked, name));
    Change {
        id: id.to_owned(),
        name: value("name"),
        expected: typed.map(|typed| typed.version.clone()).filter(|version| !version.is_empty()),
        kind: value("kind"),
        consumer: value("consumer").map(|yes| !yes.is_empty()),
        country: value("country"),
        email: value("email"),
        phone: value("phone"),
        website: value("website"),
        street: value("street"),
        postcode: value("postcode"),
        city: value("city"),
        region: value("region"),
        regulatory: value("regulatory"),
    }
}

/// Does what a form in its place asks for. Where it refuses, nothing is written, and [`Place::read`] of the same visit shows
/// why.
///
/// # Errors
/// `accounts.no_account`, `accounts.group` for a form about no group.
pub fn correct(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Corrected> {
    let id = visit.part("id")?;
    let group = open(visit).and_then(Group::parse).ok_or_else(|| {
        let text = say!("the form does not say what it corrects; load the page again and open it from there");
        Problem::invalid(EDIT, "accounts.group", text)
    })?;
    correct_all(visit, tx, id, (group.name(), &group.asked()))
}

/// Does what a form of that name with these fields asks for.
///
/// # Errors
/// `accounts.no_account`.
pub(crate) fn correct_all(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
    id: &str,
    (name, asked): (&str, &[Asked]),
) -> Result<Corrected> {
    let typed = Typed::sent(&visit.form, asked);
    let wanted = || wanted(id, asked, Some(&typed));
    match planned(visit.cx, tx, &wanted()) {
        Ok(planned) => {
            change(visit.cx, tx, wanted())?;
            Ok(Corrected::Kept(back(visit, id, name, &planned.theirs)))
        }
        Err(problem) => Corrected::refused(problem),
    }
}
