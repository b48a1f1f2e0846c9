//! What can be changed of a subscription: its plan, its price, a pause, its end.

use std::borrow::Cow;

use kernel::{Day, Problem, Result};
use maud::Markup;
use slice::Visit;
use speech::{html, say, word};
use timeline::fact::EndReason;
use ui::{Choice, Field};

use crate::{
    ops::Change,
    period::Period,
    written::{Amount, On},
};

/// The names of the fields.
const FIELDS: [&str; 6] = ["plan", "fee", "every", "pause_from", "pause_last_day", "last_day"];

/// Of a field: label, kind of control, example.
fn shown(field: &str) -> (Cow<'static, str>, &'static str, Cow<'static, str>) {
    match field {
        "plan" => (say!("Another plan"), "text", "Pro".into()),
        "fee" => (say!("Another price of each cycle"), "text", "59.00".into()),
        "every" => (say!("Due every"), "text", say!("1 month")),
        "pause_from" => (say!("It rests from"), "date", "".into()),
        "pause_last_day" => (say!("Last day on which it rests"), "date", "".into()),
        _ => (say!("Last day on which it holds"), "date", "".into()),
    }
}

/// What stands in the fields.
pub(super) struct Asked {
    texts: [String; FIELDS.len()],
    end_reason: String,
}

impl Asked {
    /// As a form was sent.
    pub(super) fn sent(visit: &Visit<'_>) -> Asked {
        let text = |name: &str| visit.field(name).unwrap_or_default().to_owned();
        Asked { texts: FIELDS.map(text), end_reason: text("end_reason") }
    }

    /// The change that it comes to.
    ///
    /// # Errors
    /// Naming the field that does not hold.
    pub(super) fn change(&self, id: String, reason: String, effective: Option<On>) -> Result<Change> {
        let [plan, fee, every, ..] =
            self.texts.clone().map(|text| Some(text).filter(|text| !text.is_empty()));
        let day = |field: usize| {
            let (name, text) = (FIELDS[field], &self.texts[field]);
            let text = Some(text).filter(|text| !text.is_empty());
            at(name, text.map(|text| Day::parse(text)).transpose()).map(|day| day.map(On))
        };
        Ok(Change {
            id,
            reason,
            effective,
            plan,
            fee: at("fee", fee.as_deref().map(|fee| Amount::parse(&speech::read_decimal(fee))).transpose())?,
            every: at("every", every.as_deref().map(Period::read).transpose())?,
            pause_from: day(3)?,
            pause_last_day: day(4)?,
            last_day: day(5)?,
            end_reason: Some(self.end_reason.clone()).filter(|word| !word.is_empty()),
            expected: None,
        })
    }

    /// Whether something wrong is said beside one of the fields.
    pub(super) fn has_field(wrong: &Problem) -> bool {
        let field = wrong.field.as_deref().unwrap_or_default();
        field == "end_reason" || FIELDS.contains(&field)
    }

    /// The fields, with what is wrong in one of them.
    pub(super) fn fields(&self, wrong: Option<&Problem>) -> Markup {
        let error = |field: &str| {
            let wrong = wrong.filter(|wrong| wrong.field.as_deref() == Some(field));
            wrong.map(|wrong| ui::sentence(&wrong.message))
        };
        let reasons = EndReason::ALL.iter().map(|one| {
            Choice::new(one.as_str(), ui::sentence(&word!(one.as_str())).trim_end_matches('.').to_owned())
        });
        let reasons = std::iter::once(Choice::new("", say!("Not said"))).chain(reasons).collect();
        html! {
            div .pair {
                @for (name, text) in FIELDS.iter().zip(&self.texts) {
                    @let (label, kind, example) = shown(name);
                    (Field::input(kind, *name, label).value(text.as_str()).placeholder(example).error(error(name)))
                }
                (Field::select("end_reason", say!("Why it ends"), reasons).value(&*self.end_reason).error(error("end_reason")))
            }
        }
    }
}

/// Names the field at fault.
fn at<T>(field: &str, read: Result<T>) -> Result<T> {
    read.map_err(|problem| Problem { field: Some(field.to_owned()), ..problem })
}
