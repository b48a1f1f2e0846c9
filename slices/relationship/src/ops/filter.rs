//! Which relationships the book is asked for.

use ::store::Tx;
use accounts::{store::finding, words::Asked};
use kernel::{Context, Cursor, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use speech::say;
use timeline::{LineId, fact::Dealing, store as facts};

use super::{span, stating::dealing, wanted};
use crate::{
    Class, Confidence, Fit, Purpose, column,
    condition::Wanted,
    store::book::{Said, Search, Sort},
};

/// Which relationships, in which order.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// Of this class: prospect, customer, client, former, "not enough evidence"; of any of several with commas between.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// On the service line of this name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    /// Served so: fits, under-served, over-served, "not known"; in any of several ways with commas between.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit: Option<String>,
    /// With this confidence: low, medium, high; with any of several with commas between.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<String>,
    /// With a rank of spend of at least so many permille: 900 is the top tenth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spend: Option<i64>,
    /// With at least so many purchases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purchases: Option<i64>,
    /// Whose name begins so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whose name, address, telephone number or id has a word that begins so, or those of somebody who acts for them, for
    /// each of these words, in any alphabet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Whose class was set by hand: "any", or "disagreeing" for those that the evidence calls something else.
    #[serde(default, rename = "override", skip_serializing_if = "Option::is_none")]
    pub said: Option<String>,
    /// Who want this: no_relationship, just_transactions, renewals_only, open_to_advice; any of several with commas between.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preference: Option<String>,
    /// Whether what they want leaves room for advice, surveys and campaigns: false for those it does not, which is the
    /// list that every tool that sends something has to leave out; true for those who asked for it. Whoever said nothing
    /// is in neither.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub may_contact: Option<bool>,
    /// With a strength of evidence of at least this, from 0 to 1 with at most six decimals, such as 0.7. It is compared in
    /// parts per million: 0.7 itself is in. Who has no strength is in no range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strength_from: Option<String>,
    /// With a strength of evidence below this: 0.8 itself is out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strength_to: Option<String>,
    /// Who brought money of this one currency, such as EUR.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Of accounts in this country, by its code or its name; in any of several with commas between.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Who brought at least this net, in major units of the currency that is asked for: 1000 itself is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub net_from: Option<String>,
    /// Who brought less than this net: 2000 itself is out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub net_to: Option<String>,
    /// For which this holds as well: conditions on class, line, fit, confidence, coverage, strength, net, currency, purchases,
    /// spend, last, since, preference, override, country and name, joined by and, or, not and brackets, such as
    /// "class:client and (fit:under-served or confidence:low) and net>=1000 EUR and last<today-90".
    #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
    pub wanted: Option<String>,
    /// The columns that a page or a file shows, with commas between: name, line, class, strength, net, last, fit, confidence,
    /// since, purchases, coverage, preference, country, override, currency. An answer in JSON has all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<String>,
    /// As the saved view of this id asks; what is given beside it takes its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view: Option<String>,
    /// Sorted by strength, net, last, since, purchases or name; a minus before it turns the order round. "strength" when
    /// absent. No index holds the other columns in order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<String>,
    /// Where the page begins: `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Rows on a page, at most 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<i64>,
    /// false leaves the totals out, for whoever wants every row and nothing else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub totals: Option<bool>,
}

/// What a filter looks for.
///
/// # Errors
/// As [`super::list`], and `book.where` for conditions that cannot be read.
pub(super) fn search(cx: &Context, tx: &mut Tx<'_>, input: &Filter) -> Result<Search> {
    let line = input.line.as_deref().map(|name| line(tx, name)).transpose()?;
    column::chosen(input.columns.as_deref())?;
    let sort = input.sort.as_deref().unwrap_or("strength");
    let (turned, by) = sort.strip_prefix('-').map_or((false, sort), |by| (true, by));
    let by = Sort::parse(by)
        .ok_or_else(|| unknown("sort", sort, "strength, net, last, since, purchases, name"))?;
    let currency = span::currency(input)?;
    let asked = input.wanted.as_deref().map(Wanted::read).transpose()?.flatten();
    let mut countries: Vec<String> = several(input.country.as_deref()).map(str::to_owned).collect();
    // One that is asked for as a condition beside others is looked for in the same way.
    let asked = match asked {
        Some(asked) if countries.is_empty() => wanted::without_countries(asked, &mut countries),
        asked => asked,
    };
    let search = Search {
        classes: match words(input.class.as_deref(), "class", Class::parse, Class::ALL)? {
            some if some.is_empty() => Class::ALL.to_vec(),
            some => some,
        },
        line,
        fits: words(input.fit.as_deref(), "fit", Fit::parse, Fit::ALL)?,
        confidences: words(input.confidence.as_deref(), "confidence", Confidence::parse, Confidence::ALL)?,
        spend: input.spend,
        purchases: input.purchases,
        said: match input.said.as_deref().map(str::trim) {
            None | Some("") => None,
            Some("any") => Some(Said::Any),
            Some("disagreeing") => Some(Said::Disagreeing),
            Some(other) => return Err(unknown("override", other, "any, disagreeing")),
        },
        preferences: preferences(input)?,
        strength: span::strength(input)?,
        net: span::net(input, currency)?,
        currency,
        countries: wanted::written(tx, &countries)?,
        name: input.name.as_deref().map(accounts::account::name_key).filter(|key| !key.is_empty()),
        text: input.text.as_deref().map(Asked::of).unwrap_or_default().iter().map(finding::ranges).collect(),
        by,
        rising: (by == Sort::Name) != turned,
        after: input.after.as_deref().map(after).transpose()?,
        wanted: None,
        today: cx.today(),
    };
    match asked {
        Some(asked) => Ok(wanted::narrowed(search, wanted::resolved(tx, asked)?)),
        None => Ok(search),
    }
}

/// The service line of a name.
///
/// # Errors
/// `timeline.no_line`.
pub(super) fn line(tx: &mut Tx<'_>, name: &str) -> Result<LineId> {
    let unknown = || {
        let text = say!("there is no service line {name:?}; `mainstay lines` lists them");
        Problem::not_found("timeline.no_line", text)
    };
    Ok(facts::line_of_name(tx, name)?.ok_or_else(unknown)?.id)
}

/// The ways of being dealt with that are asked for.
fn preferences(input: &Filter) -> Result<Vec<Dealing>> {
    let asked = several(input.preference.as_deref()).map(|text| dealing("preference", text));
    let asked = asked.collect::<Result<Vec<_>>>()?;
    let open = |dealing: &Dealing| Purpose::Campaign.least().is_none_or(|least| least <= *dealing);
    let ways = Dealing::ALL.iter().copied().filter(|way| asked.is_empty() || asked.contains(way));
    let ways: Vec<_> = ways.filter(|way| input.may_contact.is_none_or(|may| may == open(way))).collect();
    match (asked.as_slice(), input.may_contact) {
        ([], None) => Ok(Vec::new()),
        ([_, ..], Some(may)) if ways.is_empty() => {
            let asked: Vec<_> = asked.iter().map(|way| way.spoken()).collect();
            let text =
                say!("{} and may_contact {may} cannot both be; leave one of the two out", asked.join(", "));
            Err(Problem::invalid("may_contact", "book.preference", text))
        }
        _ => Ok(ways),
    }
}

/// The words of a text with commas between.
pub(crate) fn several(text: Option<&str>) -> impl Iterator<Item = &str> {
    text.unwrap_or_default().split(',').map(str::trim).filter(|word| !word.is_empty())
}

/// The values of the words with commas between, each once, in the order in which they are known.
fn words<T: Copy + PartialEq + std::fmt::Display>(
    text: Option<&str>,
    field: &str,
    parse: fn(&str) -> Option<T>,
    all: &[T],
) -> Result<Vec<T>> {
    let known = || all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let asked = several(text).map(|word| parse(word).ok_or_else(|| unknown(field, word, &known())));
    let asked = asked.collect::<Result<Vec<_>>>()?;
    Ok(all.iter().copied().filter(|one| asked.contains(one)).collect())
}

fn unknown(field: &str, text: &str, known: &str) -> Problem {
    Problem::invalid(field, "book.word", say!("{text:?} is no {field}; known are {known}"))
}

fn after(text: &str) -> Result<(String, i64)> {
    let Cursor(parts) = Cursor::read(text);
    let id = parts.get(1).and_then(|id| id.parse().ok());
    parts.first().cloned().zip(id).ok_or_else(|| {
        Problem::invalid(
            "after",
            "book.after",
            say!("this is not where a page of the book begins; start without `after`"),
        )
    })
}
