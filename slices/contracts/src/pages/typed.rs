//! What stands in the fields of a contract that is recorded by hand.

use kernel::{Currency, Day, Problem, Result};
use maud::Markup;
use slice::Visit;
use speech::{html, say};
use ui::{Choice, Field};

use crate::{
    agreement::Agreement,
    parts::{Clause, Fee},
    period::Period,
    words::{ClauseKind, FeeKind, Renewal, Who},
    written::{Amount, On},
};

/// What stands in the fields.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub(super) is_subscription: bool,
    pub(super) line: String,
    pub(super) key: String,
    pub(super) name: String,
    start: String,
    last_day: String,
    renewal: String,
    currency: String,
    fee: String,
    every: String,
    notice: String,
}

/// The fields that a form says something wrong beside.
const FIELDS: [&str; 9] =
    ["line", "key", "start", "last_day", "renewal", "currency", "fee", "every", "notice"];

impl Typed {
    /// Nothing but the currency of what is agreed already.
    pub(super) fn in_currency(code: &str) -> Typed {
        Typed { currency: code.to_owned(), ..Typed::default() }
    }

    /// As a form was sent.
    pub(super) fn sent(visit: &Visit<'_>) -> Typed {
        let text = |name: &str| visit.field(name).unwrap_or_default().to_owned();
        Typed {
            is_subscription: visit.field("kind") == Some("subscription"),
            line: text("line"),
            key: text("key"),
            name: text("name"),
            start: text("start"),
            last_day: text("last_day"),
            renewal: text("renewal"),
            currency: text("currency"),
            fee: text("fee"),
            every: text("every"),
            notice: text("notice"),
        }
    }

    /// What is agreed.
    ///
    /// # Errors
    /// Naming the field that does not hold.
    pub(super) fn agreement(&self) -> Result<Agreement> {
        let every = said(&self.every, |text| at("every", Period::read(text)))?;
        let fee = said(&self.fee, |text| at("fee", Amount::parse(&speech::read_decimal(text))))?;
        let kind = if every.is_some() { FeeKind::Recurring } else { FeeKind::Fixed };
        let fees = fee.map(|amount| vec![Fee { kind, amount, every, unit: None, what: None }]);
        let notice = said(&self.notice, |text| at("notice", Period::read(text)))?;
        let clause = |period| Clause {
            kind: ClauseKind::Notice,
            who: Who::Both,
            period,
            to: None,
            form: None,
            delivery: None,
            text: None,
        };
        let currency = said(&self.currency, |text| at("currency", Currency::parse(&text.to_uppercase())))?;
        if fees.is_some() && currency.is_none() {
            let text = say!("a fee needs its currency, such as EUR");
            return Err(Problem::invalid("currency", "contracts.currency", text));
        }
        Ok(Agreement {
            name: Some(self.name.clone()).filter(|name| !name.is_empty()),
            start: said(&self.start, |text| at("start", Day::parse(text)))?.map(On),
            last_day: said(&self.last_day, |text| at("last_day", Day::parse(text)))?.map(On),
            renewal: Renewal::parse(&self.renewal),
            cycle: every.filter(|_| self.is_subscription),
            currency,
            fees,
            clauses: notice.map(|period| vec![clause(period)]),
            ..Agreement::default()
        })
    }

    /// Whether something wrong is said beside a field.
    pub(super) fn has_field(&self, wrong: &Problem) -> bool {
        wrong.field.as_deref().is_some_and(|field| FIELDS.contains(&field))
    }

    /// What is wrong in a field.
    pub(super) fn error(&self, wrong: Option<&Problem>, field: &str) -> Option<String> {
        let wrong = wrong.filter(|wrong| wrong.field.as_deref() == Some(field));
        wrong.map(|wrong| ui::sentence(&wrong.message))
    }

    /// The fields of what is agreed.
    pub(super) fn terms(&self, wrong: Option<&Problem>) -> Markup {
        let error = |field: &str| self.error(wrong, field);
        let renewals = vec![
            Choice::new("", say!("Not said")),
            Choice::new("auto", say!("It goes on unless somebody gives notice")),
            Choice::new("manual", say!("It goes on if both agree again")),
            Choice::new("none", say!("It ends")),
        ];
        html! {
            div .pair {
                (Field::input("date", "start", say!("First day")).value(&*self.start).error(error("start")))
                (Field::input("date", "last_day", say!("Last day of the term")).value(&*self.last_day)
                    .hint(say!("Leave it empty where they pay until somebody stops it.")).error(error("last_day")))
            }
            (Field::select("renewal", say!("When the term runs out"), renewals).value(&*self.renewal))
            div .pair {
                (Field::text("fee", say!("Fee")).value(&*self.fee).placeholder("480.00").error(error("fee")))
                (Field::text("currency", say!("Currency")).value(&*self.currency).placeholder("EUR").error(error("currency")))
                (Field::text("every", say!("Due every")).value(&*self.every).placeholder(say!("1 month"))
                    .hint(say!("Leave it empty for one price for everything.")).error(error("every")))
                (Field::text("notice", say!("Notice")).value(&*self.notice).placeholder(say!("3 months"))
                    .hint(say!("How long before the end either side has to say so.")).error(error("notice")))
            }
        }
    }
}

/// What a filled field says; nothing for an empty one.
fn said<T>(text: &str, read: impl Fn(&str) -> Result<T>) -> Result<Option<T>> {
    Some(text).filter(|text| !text.is_empty()).map(read).transpose()
}

/// Names the field at fault.
fn at<T>(field: &str, read: Result<T>) -> Result<T> {
    read.map_err(|problem| Problem { field: Some(field.to_owned()), ..problem })
}
