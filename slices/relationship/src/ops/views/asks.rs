//! What a view asks the book for: read back, checked before it is kept, and before others get to read it.

use ::store::Tx;
use accounts::{account::name_key, store::finding, words::Asked};
use kernel::{Context, Permission, Problem, Result};
use speech::say;

use super::{
    super::filter::{Filter, search},
    view,
};
use crate::{
    condition::{Field, Operand, Wanted},
    store::views as stored,
};

/// What a view asks for, with whatever else is asked in its place.
pub(in super::super) fn asked(cx: &Context, tx: &mut Tx<'_>, input: Filter) -> Result<Filter> {
    let Some(id) = input.view.clone() else { return Ok(input) };
    let view = view(cx, tx, &id)?.filter;
    let Filter { class, line, fit, confidence, spend, purchases, name, said, preference, .. } = input;
    Ok(Filter {
        class: class.or(view.class),
        line: line.or(view.line),
        fit: fit.or(view.fit),
        confidence: confidence.or(view.confidence),
        spend: spend.or(view.spend),
        purchases: purchases.or(view.purchases),
        name: name.or(view.name),
        text: input.text.or(view.text),
        said: said.or(view.said),
        preference: preference.or(view.preference),
        may_contact: input.may_contact.or(view.may_contact),
        strength_from: input.strength_from.or(view.strength_from),
        strength_to: input.strength_to.or(view.strength_to),
        currency: input.currency.or(view.currency),
        country: input.country.or(view.country),
        net_from: input.net_from.or(view.net_from),
        net_to: input.net_to.or(view.net_to),
        wanted: input.wanted.or(view.wanted),
        sort: input.sort.or(view.sort),
        columns: input.columns.or(view.columns),
        after: input.after,
        limit: input.limit,
        totals: input.totals,
        view: None,
    })
}

/// What of a filter is kept: everything but the place of a page. It is asked once, so that nothing is kept that the book
/// would refuse.
pub(super) fn kept(cx: &Context, tx: &mut Tx<'_>, filter: Filter) -> Result<Filter> {
    let filter = Filter { after: None, limit: None, totals: None, ..asked(cx, tx, filter)? };
    search(cx, tx, &filter)?;
    Ok(filter)
}

pub(super) fn text(filter: &Filter) -> Result<String> {
    serde_json::to_string(filter).map_err(|cause| {
        Problem::internal("views.filter", "the filter cannot be written down").because(cause)
    })
}

/// Refuses to share what only some may do, or what would tell others a name that they may not know.
pub(super) fn may_be_shared(cx: &Context, tx: &mut Tx<'_>, name: &str, filter: &Filter) -> Result<()> {
    if !cx.actor.may(Permission::Write) {
        let text = say!(
            "share a view: your role changes nothing for others; save it for yourself, or ask a member to share it"
        );
        return Err(Problem::forbidden("views.shared", text));
    }
    let wanted = filter.wanted.as_deref().map(Wanted::read).transpose()?.flatten();
    let names = wanted.iter().flat_map(Wanted::conditions).filter_map(|condition| match &condition.value {
        Operand::Text(text) if condition.field == Field::Name => Some(text.clone()),
        _ => None,
    });
    let mut starts: Vec<_> = names.chain(filter.name.clone()).map(|name| name_key(&name)).collect();
    starts.push(String::new());
    let words: Vec<_> =
        filter.text.as_deref().map(Asked::of).unwrap_or_default().iter().map(finding::ranges).collect();
    let mut names_walled = stored::finds_walled(cx, tx, &words)?;
    for start in starts {
        names_walled |= stored::names_walled(cx, tx, &name_key(name), Some(&start))?;
        if names_walled {
            let text = say!(
                "share a view: its name or its filter names somebody behind a wall, and everybody would read it; keep the \
                 view to yourself, or leave the name out"
            );
            return Err(Problem::conflict("views.walled", text));
        }
    }
    Ok(())
}
