//! What bills tell the timeline, so that an order, its invoice and its payment are one purchase.
//!
//! An invoice names the order that it bills, a payment the invoice or order that it settles, and what names another
//! fact is not counted again (policy.md §3). They may come in any order and leave in any order: whenever one of them
//! comes, changes or goes, those that name it are told anew.

use std::collections::{HashMap, HashSet};

use ::store::Tx;
use kernel::{Context, Currency, Result};
use timeline::{
    AccountId, Entry, Fact, FactId, LineId, SourceRow,
    said::blank,
    store::{self as timeline_store, NewFact},
};

use crate::{
    bill::{BillKind, StoredBill},
    invoice, payment,
    store::{self, bills as kept},
};

pub(super) const ELSEWHERE: &str = "its bill belongs to another account by now";
const ANEW: &str = "its bill says something else by now";
const GONE: &str = "its bill does not count any more";

/// Tells what these bills say, as they are stored, and has those that name them tell it anew.
pub(super) fn bills(cx: &Context, tx: &mut Tx<'_>, kind: BillKind, bills: Vec<StoredBill>) -> Result<()> {
    let named = names(kind, &bills);
    let silent = write(cx, tx, kind, bills)?;
    payments_of(cx, tx, &named)?;
    fall_silent(cx, tx, kind, silent)
}

/// Has the bills that name these orders tell it anew.
pub(super) fn of_orders(cx: &Context, tx: &mut Tx<'_>, line: LineId, keys: &[&str]) -> Result<()> {
    let stored = |(bill, _): (StoredBill, bool)| bill;
    for kind in [BillKind::Invoice, BillKind::Payment] {
        let found = kept::of_line(cx, tx, kind, line, "order_key", keys)?;
        if !found.is_empty() {
            bills(cx, tx, kind, found.into_iter().map(stored).collect())?;
        }
    }
    Ok(())
}

/// By which texts payments name these invoices, by line.
pub(super) fn names(kind: BillKind, bills: &[StoredBill]) -> HashMap<LineId, Vec<String>> {
    let mut named: HashMap<LineId, Vec<String>> = HashMap::new();
    for bill in bills.iter().filter(|_| kind == BillKind::Invoice) {
        let texts = named.entry(bill.line).or_default();
        texts.push(bill.key.clone());
        texts.push(blank(&bill.sheet, "number").to_owned());
    }
    for texts in named.values_mut() {
        texts.retain(|text| !text.is_empty());
        texts.sort_unstable();
        texts.dedup();
    }
    named
}

/// Has the payments that name these invoices tell it anew.
pub(super) fn payments_of(cx: &Context, tx: &mut Tx<'_>, named: &HashMap<LineId, Vec<String>>) -> Result<()> {
    for (line, texts) in named {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let payments = kept::of_line(cx, tx, BillKind::Payment, *line, "invoice_key", &texts)?;
        if !payments.is_empty() {
            let payments = payments.into_iter().map(|(bill, _)| bill).collect();
            let silent = write(cx, tx, BillKind::Payment, payments)?;
            fall_silent(cx, tx, BillKind::Payment, silent)?;
        }
    }
    Ok(())
}

/// Lets a bill that went to another account leave the facts that it told of the one before; gives them.
pub(super) fn leave(before: &StoredBill, after: &mut StoredBill) -> Vec<(AccountId, LineId, FactId)> {
    if before.account() == after.account() {
        return Vec::new();
    }
    let account = AccountId::new(before.account());
    let told = before.told().map(|fact| (account, before.line, fact)).collect();
    after.facts = [0, 0];
    told
}

/// Writes the facts that these bills lack or that say something else by now. Gives the bills that have told something
/// and have nothing to tell any more, with what they told: their facts still stand, because others may name them.
fn write(cx: &Context, tx: &mut Tx<'_>, kind: BillKind, mut bills: Vec<StoredBill>) -> Result<Vec<Silent>> {
    let settled = settled(cx, tx, kind, &bills)?;
    let places: Vec<_> = bills
        .iter()
        .flat_map(|bill| bill.told().map(|fact| (AccountId::new(bill.account()), fact)).collect::<Vec<_>>())
        .collect();
    let known: HashMap<FactId, Entry> =
        timeline_store::entries(tx, &places)?.into_iter().map(|entry| (entry.id, entry)).collect();
    let mut fresh = timeline_store::allocate_facts(tx, bills.len() * 2)?;
    let (mut new, mut anew, mut silent, mut rewritten) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (bill, settled) in bills.iter_mut().zip(settled) {
        let before = bill.facts;
        let [first, second] = [fresh.next(), fresh.next()].map(|id| id.map_or(0, |id| id.0));
        let own = FactId::new(if bill.facts[0] == 0 { first } else { bill.facts[0] });
        let told = tells(kind, bill, settled, own);
        for (slot, (fact, id)) in told.into_iter().zip([first, second]).enumerate() {
            match (fact, bill.facts[slot]) {
                (Some(fact), 0) => {
                    bill.facts[slot] = id;
                    new.push(fact_of(bill, FactId::new(id), fact));
                }
                // One that somebody withdrew stays withdrawn.
                (Some(fact), id) => {
                    let told = fact_of(bill, FactId::new(id), fact);
                    let entry = known.get(&told.id);
                    anew.extend(entry.filter(|entry| differs(entry, &told)).map(|_| told));
                }
                (None, _) => bill.facts[slot] = 0,
            }
        }
        let gone: Vec<(usize, i64)> = (0..2)
            .filter(|slot| before[*slot] != 0 && bill.facts[*slot] == 0)
            .map(|slot| (slot, before[slot]))
            .collect();
        if before != bill.facts {
            rewritten.push(bill.clone());
        }
        if !gone.is_empty() {
            silent.push(Silent { bill: bill.clone(), gone });
        }
    }
    kept::rewrite(tx, kind, &rewritten)?;
    timeline_store::replace(cx, tx, &anew, ANEW)?;
    timeline_store::append(cx, tx, &new)?;
    Ok(silent)
}

/// A bill that has nothing to tell any more, and what it told: the place of each fact and its id.
struct Silent {
    bill: StoredBill,
    gone: Vec<(usize, i64)>,
}

/// Takes back what bills told that have nothing to tell any more. What a fact recorded by hand names stays.
fn fall_silent(cx: &Context, tx: &mut Tx<'_>, kind: BillKind, silent: Vec<Silent>) -> Result<()> {
    let account = |bill: &StoredBill| AccountId::new(bill.account());
    let places: Vec<_> = silent
        .iter()
        .flat_map(|one| one.gone.iter().map(|(_, fact)| (account(&one.bill), FactId::new(*fact))))
        .collect();
    let own: HashSet<FactId> = places.iter().map(|(_, fact)| *fact).collect();
    let refer = timeline_store::who_refer(tx, &places)?;
    let held: HashSet<i64> = refer.iter().filter(|(by, _)| !own.contains(by)).map(|(_, to)| to.0).collect();
    let (mut gone, mut stay) = (Vec::new(), Vec::new());
    for Silent { mut bill, gone: told } in silent {
        let before = bill.facts;
        for (slot, fact) in told {
            match held.contains(&fact) {
                true => bill.facts[slot] = fact,
                false => gone.push((account(&bill), bill.line, FactId::new(fact))),
            }
        }
        if before != bill.facts {
            stay.push(bill);
        }
    }
    kept::rewrite(tx, kind, &stay)?;
    timeline_store::take_back(cx, tx, &gone, GONE)
}

/// What a bill settles.
#[derive(Clone, Copy, Default)]
struct Settles {
    /// The fact that it names.
    of: Option<FactId>,
    /// The fact that counts as the purchase.
    purchase: Option<FactId>,
    /// It settles the bill of somebody else, so it is no purchase of this account.
    of_another: bool,
}

/// What each of these bills settles.
fn settled(cx: &Context, tx: &mut Tx<'_>, kind: BillKind, bills: &[StoredBill]) -> Result<Vec<Settles>> {
    let mut settled = vec![Settles::default(); bills.len()];
    let mut lines: Vec<LineId> = bills.iter().map(|bill| bill.line).collect();
    lines.sort_unstable();
    lines.dedup();
    for line in lines {
        let orders = texts(bills, line, "order_key");
        let orders = read_orders(tx, line, &orders)?;
        let invoices = texts(bills, line, "invoice_key");
        let invoices = match kind {
            BillKind::Payment if !invoices.is_empty() => Invoices::read(cx, tx, line, &invoices)?,
            _ => Invoices::default(),
        };
        for (bill, settles) in bills.iter().zip(&mut settled).filter(|(bill, _)| bill.line == line) {
            *settles = invoices.settled_by(bill).or_else(|| by_order(&orders, bill)).unwrap_or_default();
        }
    }
    Ok(settled)
}

fn texts<'b>(bills: &'b [StoredBill], line: LineId, field: &str) -> Vec<&'b str> {
    let of_line = bills.iter().filter(|bill| bill.line == line);
    let mut texts: Vec<&str> =
        of_line.map(|bill| blank(&bill.sheet, field)).filter(|text| !text.is_empty()).collect();
    texts.sort_unstable();
    texts.dedup();
    texts
}

/// Orders by their keys, those whose fact is in the timeline.
fn read_orders(tx: &mut Tx<'_>, line: LineId, keys: &[&str]) -> Result<store::ByKey> {
    if keys.is_empty() {
        return Ok(store::ByKey::new());
    }
    let mut orders = store::find(tx, line, keys)?;
    let places: Vec<_> = orders
        .values()
        .flatten()
        .filter(|order| order.order_fact != 0)
        .map(|order| (AccountId::new(order.account), FactId::new(order.order_fact)))
        .collect();
    let told = timeline_store::which(tx, &places)?;
    orders.values_mut().for_each(|same| same.retain(|order| told.contains(&FactId::new(order.order_fact))));
    Ok(orders)
}

/// The order that a bill names, in the same currency.
fn by_order(orders: &store::ByKey, bill: &StoredBill) -> Option<Settles> {
    let told = orders.get(&(blank(&bill.sheet, "order_key").to_owned(), bill.currency()?))?;
    let own = told.iter().find(|order| order.account == bill.account());
    let fact = own.map(|order| FactId::new(order.order_fact));
    (!told.is_empty()).then_some(Settles { of: fact, purchase: fact, of_another: fact.is_none() })
}

/// Invoices whose fact is in the timeline, by how payments name them, each with the fact that it settles itself.
#[derive(Default)]
struct Invoices(HashMap<String, Vec<(StoredBill, Option<FactId>)>>);

impl Invoices {
    fn read(cx: &Context, tx: &mut Tx<'_>, line: LineId, named: &[&str]) -> Result<Invoices> {
        let mut found = Vec::new();
        for column in ["key", "number"] {
            for (bill, _) in kept::of_line(cx, tx, BillKind::Invoice, line, column, named)? {
                let text =
                    if column == "key" { bill.key.clone() } else { blank(&bill.sheet, "number").to_owned() };
                found.push((text, bill));
            }
        }
        let places = found.iter().filter(|(_, bill)| bill.facts[0] != 0);
        let places: Vec<_> =
            places.map(|(_, bill)| (AccountId::new(bill.account()), FactId::new(bill.facts[0]))).collect();
        let told = timeline_store::entries(tx, &places)?;
        let told: HashMap<i64, Option<FactId>> =
            told.into_iter().map(|entry| (entry.id.0, entry.fact.about())).collect();
        let mut invoices = Invoices::default();
        for (text, bill) in found {
            if let Some(of) = told.get(&bill.facts[0]) {
                invoices.0.entry(text).or_default().push((bill, *of));
            }
        }
        Ok(invoices)
    }

    fn settled_by(&self, payment: &StoredBill) -> Option<Settles> {
        let told = self.0.get(blank(&payment.sheet, "invoice_key"))?;
        let own = told.iter().find(|(invoice, _)| invoice.account() == payment.account());
        let of = own.map(|(invoice, _)| FactId::new(invoice.facts[0]));
        let purchase = own.and_then(|(_, settles)| *settles).or(of);
        Some(Settles { of, purchase, of_another: of.is_none() })
    }
}

/// The facts that a bill has to tell: of what was bought or paid, and of what went back.
fn tells(kind: BillKind, bill: &StoredBill, settles: Settles, own: FactId) -> [Option<Fact>; 2] {
    if bill.account() == 0 || bill.currency().is_none() || settles.of_another {
        return [None, None];
    }
    match kind {
        BillKind::Invoice => invoice::facts(&bill.sheet, settles.of),
        BillKind::Payment => payment::facts(&bill.sheet, settles.of, settles.purchase.or(Some(own))),
    }
}

fn fact_of(bill: &StoredBill, id: FactId, fact: Fact) -> NewFact {
    NewFact {
        id,
        account: AccountId::new(bill.account()),
        line: bill.line,
        occurred: bill.at(),
        currency: bill.currency(),
        source: (bill.run != 0).then_some(SourceRow { run: bill.run, row: bill.row }),
        fact,
    }
}

fn differs(entry: &Entry, told: &NewFact) -> bool {
    let code = |currency: Option<Currency>| currency.map(Currency::code);
    entry.fact != told.fact || entry.occurred != told.occurred || code(entry.currency) != code(told.currency)
}
