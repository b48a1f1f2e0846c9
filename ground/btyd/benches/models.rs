//! What fitting and scoring cost: `cargo bench -p btyd`.

use btyd::chance::Seeded;
use btyd::{
    BgNbd, Customer, Customers, Discount, MbgNbd, Nbd, ParetoNbd, Purchases, Span, Unit, simulate_base,
};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// Customers of a Pareto/NBD observed for one to two years.
fn base(customers: u32) -> Customers {
    let age: Vec<f64> = (0..customers).map(|i| 52.0 + f64::from(i % 364) / 7.0).collect();
    let rows = customers as usize;
    let unseen = Customers::new(Unit::Week, &vec![0; rows], &vec![0.0; rows], &age);
    let truth = ParetoNbd::new(Unit::Week, [0.6, 11.0, 0.6, 12.0]);
    match (unseen, truth) {
        (Ok(unseen), Ok(truth)) => simulate_base(&truth, &unseen, &mut Seeded::new(1)).unwrap_or(unseen),
        _ => unreachable!("the columns and the parameters above are allowed"),
    }
}

const SIZES: [u32; 2] = [2_000, 20_000];

#[divan::bench(args = SIZES)]
fn fit_bg_nbd(bencher: Bencher<'_, '_>, customers: u32) {
    let base = base(customers);
    bencher.bench(|| BgNbd::fit(black_box(&base)).is_ok());
}

#[divan::bench(args = SIZES)]
fn fit_mbg_nbd(bencher: Bencher<'_, '_>, customers: u32) {
    let base = base(customers);
    bencher.bench(|| MbgNbd::fit(black_box(&base)).is_ok());
}

#[divan::bench(args = SIZES)]
fn fit_pareto_nbd(bencher: Bencher<'_, '_>, customers: u32) {
    let base = base(customers);
    bencher.bench(|| ParetoNbd::fit(black_box(&base)).is_ok());
}

#[divan::bench(args = SIZES)]
fn fit_nbd(bencher: Bencher<'_, '_>, customers: u32) {
    let base = base(customers);
    bencher.bench(|| Nbd::fit(black_box(&base)).is_ok());
}

/// Asks a model one question about one customer.
fn ask<M: Purchases, E>(
    bencher: Bencher<'_, '_>,
    model: Result<M, E>,
    question: impl Fn(&M, &Customer) -> f64 + Sync,
) {
    let (Ok(model), Ok(customer)) = (model, Customer::in_unit(Unit::Week, 3, 30.0, 40.0)) else {
        unreachable!("the parameters and the customer are allowed");
    };
    bencher.bench(|| question(&model, black_box(&customer)));
}

#[divan::bench]
fn expected_purchases_bg_nbd(bencher: Bencher<'_, '_>) {
    let model = BgNbd::new(Unit::Week, [0.243, 4.414, 0.793, 2.426]);
    ask(bencher, model, |m, c| m.expected_purchases(c, Span::weeks(39.0)));
}

#[divan::bench]
fn discounted_purchases_bg_nbd(bencher: Bencher<'_, '_>) {
    let model = BgNbd::new(Unit::Week, [0.243, 4.414, 0.793, 2.426]);
    ask(bencher, model, |m, c| m.discounted_purchases(c, None, Discount::yearly(0.1)));
}

#[divan::bench]
fn expected_purchases_pareto_nbd(bencher: Bencher<'_, '_>) {
    let model = ParetoNbd::new(Unit::Week, [0.553, 10.578, 0.606, 11.669]);
    ask(bencher, model, |m, c| m.expected_purchases(c, Span::weeks(39.0)));
}

#[divan::bench]
fn discounted_purchases_pareto_nbd(bencher: Bencher<'_, '_>) {
    let model = ParetoNbd::new(Unit::Week, [0.553, 10.578, 0.606, 11.669]);
    ask(bencher, model, |m, c| m.discounted_purchases(c, None, Discount::yearly(0.1)));
}
