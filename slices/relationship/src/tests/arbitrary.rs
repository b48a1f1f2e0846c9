//! Random histories for the properties: every kind of fact, wild orders, gaps and amounts.

use kernel::Day;
use proptest::{collection::vec, prelude::*, sample::select, strategy::Union};
use timeline::{
    Entry, Fact, FactId,
    fact::{
        Assignment, AssignmentRole, Basis, Channel, Contact, Contract, ContractEnd, Custom, EndReason,
        Feedback, Form, Goal, Interest, Note, Offer, OtherLine, Preference, Promised, Purchase, RecordKept,
        Refund, RefundReason, Register, Rhythm, Side, SpendRank, Stage, Usage, Wallet, WalletSource, Wish,
        Work,
    },
};

use super::world::entry;

/// The last day of every random history.
pub const TODAY: Day = Day(20_000);
/// How many ids there are to refer to.
const MOST: i64 = 24;

/// A history of up to 24 facts within five years.
pub fn history() -> impl Strategy<Value = Vec<Entry>> {
    let fact = (0..1_800i32, fact(), 0..200i32);
    vec(fact, 0..24).prop_map(|facts| {
        let numbered = facts.into_iter().zip(1..);
        let one = |((age, fact, late), number): ((i32, Fact, i32), i64)| {
            let mut entry = entry(number, TODAY.plus(-age), fact);
            entry.recorded_at = TODAY.plus(late - age).moment().micros;
            entry
        };
        numbered.map(one).collect()
    })
}

/// One fact of any kind.
pub fn fact() -> impl Strategy<Value = Fact> {
    Union::new_weighted(vec![
        (6, purchase().prop_map(Fact::Order).boxed()),
        (3, purchase().prop_map(Fact::Invoice).boxed()),
        (1, purchase().prop_map(Fact::Payment).boxed()),
        (2, refund().boxed()),
        (2, work().boxed()),
        (3, contract().boxed()),
        (2, contract_end().boxed()),
        (6, contact().boxed()),
        (2, assignment().boxed()),
        (1, usage().boxed()),
        (4, plain().boxed()),
        (3, small().boxed()),
    ])
}

fn maybe<T: Clone + std::fmt::Debug + 'static>(values: &[T]) -> impl Strategy<Value = Option<T>> + use<T> {
    proptest::option::of(select(values.to_vec()))
}

fn text(words: &[&str]) -> impl Strategy<Value = Option<String>> + use<> {
    maybe(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
}

fn amount() -> impl Strategy<Value = i64> {
    prop_oneof![4 => 1..5_000_000i64, 1 => select(vec![0, -1, 1, i64::MAX, i64::MIN])]
}

fn custom() -> impl Strategy<Value = Option<Vec<Custom>>> {
    proptest::option::of(vec(select(Custom::ALL.to_vec()), 0..3))
}

fn day() -> impl Strategy<Value = Option<Day>> {
    proptest::option::weighted(0.3, (-1_900..300i32).prop_map(|days| TODAY.plus(days)))
}

fn id() -> impl Strategy<Value = FactId> {
    (0..MOST).prop_map(FactId::new)
}

fn purchase() -> impl Strategy<Value = Purchase> {
    let what = (amount(), maybe(Offer::ALL), text(&["a", "b", ""]), text(&["x", "y", ""]), custom());
    let how = (maybe(Channel::ALL), day(), day(), proptest::option::weighted(0.1, id()));
    (what, how).prop_map(
        |((amount, offer, offering, need, custom), (channel, period_start, period_end, of))| Purchase {
            amount,
            offer,
            offering,
            need,
            custom,
            channel,
            period_start,
            period_end,
            of,
        },
    )
}

fn refund() -> impl Strategy<Value = Fact> {
    let refund = (amount(), proptest::option::of(id()), maybe(RefundReason::ALL));
    refund.prop_map(|(amount, of, reason)| Fact::Refund(Refund { amount, of, reason }))
}

fn work() -> impl Strategy<Value = Fact> {
    let work = (amount(), text(&["P", "Q"]), maybe(Offer::ALL), text(&["a"]), text(&["x", "y"]));
    work.prop_map(|(minutes, person, offer, offering, need)| {
        Fact::Work(Work { minutes, person, offer, offering, need })
    })
}

fn contract() -> impl Strategy<Value = Fact> {
    let clauses = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    let rest = (
        maybe(Form::ALL),
        maybe(Offer::ALL),
        text(&["x", "w"]),
        custom(),
        vec(select(Promised::ALL.to_vec()), 0..2),
    );
    (day(), day(), clauses, rest).prop_map(|(start, end, (fees, scope, withdrawal, term), rest)| {
        let (form, offer, need, custom, promises) = rest;
        let offering = None;
        Fact::Contract(Contract {
            start,
            end,
            form,
            fees,
            scope,
            withdrawal,
            term,
            offer,
            need,
            offering,
            custom,
            promises,
        })
    })
}

fn contract_end() -> impl Strategy<Value = Fact> {
    (id(), maybe(EndReason::ALL))
        .prop_map(|(contract, reason)| Fact::ContractEnd(ContractEnd { contract, reason }))
}

fn contact() -> impl Strategy<Value = Fact> {
    const TOPICS: [&str; 9] =
        ["advice", "planning", "review", "refund", "technical", "sales", "marketing", "learning", "weather"];
    let contact =
        (select(Side::ALL.to_vec()), text(&TOPICS), text(&["P", "Q"]), any::<bool>(), any::<bool>());
    contact.prop_map(|(started_by, topic, person, held, continues)| {
        Fact::Conversation(Contact { started_by, topic, person, held, continues })
    })
}

fn assignment() -> impl Strategy<Value = Fact> {
    let one = (select(vec!["P", "Q", "R"]), select(AssignmentRole::ALL.to_vec()), day());
    one.prop_map(|(person, role, until)| {
        Fact::Assignment(Assignment { person: person.to_owned(), role, until })
    })
}

fn usage() -> impl Strategy<Value = Fact> {
    let number = || proptest::option::of(prop_oneof![4 => 0..40i64, 1 => select(vec![i64::MIN, i64::MAX])]);
    let numbers = (number(), number(), number(), number(), number());
    numbers.prop_map(|(users, seats, features, features_available, power_users)| {
        Fact::Usage(Usage { users, seats, features, features_available, power_users })
    })
}

/// Facts without numbers.
fn plain() -> impl Strategy<Value = Fact> {
    prop_oneof![
        Just(Fact::Referral),
        Just(Fact::Training),
        Just(Fact::Goal(Goal::default())),
        text(&["rating", "nps", "interview"]).prop_map(|form| Fact::Feedback(Feedback { form })),
        text(&["upgrade", "demo"]).prop_map(|subject| Fact::Interest(Interest { subject })),
        vec(select(vec!["trust", "price", "advice", "luck"]), 0..3)
            .prop_map(|words| Fact::Basis(Basis { reasons: words.into_iter().map(str::to_owned).collect() })),
        select(Wish::ALL.to_vec()).prop_map(|wants| Fact::Preference(Preference::wanting(wants))),
        text(&["a boat", "a house"]).prop_map(|words| Fact::Note(Note { words: words.unwrap_or_default() })),
        select(Register::ALL.to_vec()).prop_map(|register| Fact::RecordKept(RecordKept { register })),
        select(vec!["L", "M"]).prop_map(|line| Fact::OtherLine(OtherLine { line: line.to_owned() })),
    ]
}

/// Facts of one number.
fn small() -> impl Strategy<Value = Fact> {
    let odd = || prop_oneof![6 => 0..1_000i64, 1 => select(vec![i64::MIN, -91, i64::MAX])];
    prop_oneof![
        odd().prop_map(|permille| Fact::SpendRank(SpendRank { permille })),
        odd().prop_map(|every_days| Fact::Rhythm(Rhythm { every_days })),
        proptest::option::of(odd()).prop_map(|stakeholders| Fact::Stage(Stage { stage: None, stakeholders })),
        (proptest::option::of(odd()), any::<bool>(), maybe(WalletSource::ALL))
            .prop_map(|(share, sole, source)| Fact::Wallet(Wallet { share, sole, source })),
    ]
}
