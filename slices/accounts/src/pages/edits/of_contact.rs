//! Somebody who acts for an account, as a form in their line of its page.

use ::store::Tx;
use kernel::Result;
use maud::{Markup, Render};
use slice::Visit;
use speech::html;
use ui::{Asked, Edit, Typed, edit_link, hidden};

use super::{Corrected, EDIT, back, fields::of_contact, home, merged, open, spoken, tried};
use crate::{
    contact::WORDS,
    ops::{
        changed,
        people::ShownContact,
        people_change::{ChangeContact, change, nobody, of_id, planned},
    },
};

/// Whether their line is a form now.
pub(crate) fn is_open(visit: &Visit<'_>, person: &ShownContact) -> bool {
    open(visit) == Some(person.id.as_str())
}

/// The link that makes their line a form.
pub(crate) fn link(visit: &Visit<'_>, person: &ShownContact) -> Markup {
    let page = home(visit, &person.account).with(EDIT, Some(&person.id)).write();
    edit_link(&format!("{page}#e-name"), &person.id, &person.name)
}

/// What is said of them after they were kept while somebody else changed something as well.
pub(crate) fn said(visit: &Visit<'_>, person: &ShownContact) -> Markup {
    let said = merged(visit, &person.id, &of_contact());
    html! { @if let Some(said) = said { p .small .soft role="status" { (said) } } }
}

/// What is known of them as a form, with where it is sent to and where one goes who leaves it.
///
/// # Errors
/// `store.statement`.
pub(crate) fn form(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
    person: &ShownContact,
    (action, back): (String, String),
) -> Result<Markup> {
    let asked = of_contact();
    let typed = (!visit.form.is_empty()).then(|| Typed::sent(&visit.form, &asked));
    let wrong = tried(visit, tx, |tx| planned(visit.cx, tx, wanted(&person.id, &asked, typed.as_ref())));
    let clash = wrong.as_ref().is_some_and(|wrong| wrong.code == "contacts.changed");
    let by = if clash { changed::of_contact(visit.cx, tx, &person.id)? } else { None };
    let by = by.map(|by| spoken(visit.cx, &by));
    Ok(Edit {
        now: now(person).into(),
        version: person.version.as_str().into(),
        typed,
        wrong: wrong.as_ref().map(ui::refusal),
        clash,
        by: vec![by; asked.len()],
        asked: &asked,
        action: action.into(),
        hidden: html! { (hidden("csrf", visit.csrf)) (hidden(EDIT, &person.id)) },
        back: back.into(),
    }
    .render())
}

/// What is known of them, in the order of [`of_contact`].
fn now(person: &ShownContact) -> [String; WORDS.len()] {
    [
        person.name.clone(),
        person.title.clone(),
        person.emails.join(", "),
        person.phones.join(", "),
        person.roles.join(", "),
        person.consent.clone(),
    ]
}

fn wanted(id: &str, asked: &[Asked], typed: Option<&Typed>) -> ChangeContact {
    let value = |name: &str| typed.and_then(|typed| typed.value(asked, name));
    let several = |name: &str| {
        let parts =
            |text: String| text.split([',', ';']).map(|part| part.trim().to_owned()).collect::<Vec<_>>();
        value(name).map(|text| parts(text).into_iter().filter(|part| !part.is_empty()).collect())
    };
    ChangeContact {
        id: id.to_owned(),
        name: value("name"),
        title: value("title"),
        emails: several("emails"),
        phones: several("phones"),
        roles: several("roles"),
        consent: value("consent"),
        expected: typed.map(|typed| typed.version.clone()).filter(|version| !version.is_empty()),
    }
}

/// Does what a form in the line of somebody asks for. Where it refuses, nothing is written, and the panel of the same visit
/// shows why.
///
/// # Errors
/// `contacts.none`.
pub fn correct(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Corrected> {
    let person = of_id(visit.cx, tx, visit.part("id")?)?.ok_or_else(nobody)?;
    let asked = of_contact();
    let typed = Typed::sent(&visit.form, &asked);
    let wanted = || wanted(&person.id, &asked, Some(&typed));
    match planned(visit.cx, tx, wanted()) {
        Ok(planned) => {
            change(visit.cx, tx, wanted())?;
            Ok(Corrected::Kept(back(visit, &person.account, &person.id, &planned.theirs)))
        }
        Err(problem) => Corrected::refused(problem),
    }
}
