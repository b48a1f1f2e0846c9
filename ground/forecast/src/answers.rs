//! What a fitted model says of one row, whichever model it is.

use btyd::{
    Attendance, BgBb, BgNbd, Cnbd, CovariateFit, Customer, Discount, Fit, InputError, Interval, MbgNbd,
    Model, Nbd, ParetoNbd, Purchases, Question, Range, Span, Unit, WithCovariates,
    number::{Jet, Scalar},
};
use kernel::{Problem, Result};

use crate::{Document, ModelName, document::unlimited};

/// One row of a table of customers.
pub(crate) struct Who<'a> {
    pub frequency: u32,
    pub recency: f64,
    pub age: f64,
    pub covariates: &'a [f64],
}

/// How far and how to look ahead.
pub(crate) struct Ahead {
    /// Purchases are expected within this.
    pub horizon: Span,
    /// Their value is added up within this, for ever without one.
    pub value_horizon: Option<Span>,
    pub discount: Discount,
    /// The level of the intervals, where they are wanted.
    pub level: Option<f64>,
    /// Whether anybody asks for the value.
    pub valued: bool,
}

/// Being active, purchases expected, and the same discounted.
pub(crate) struct Said {
    pub active: Interval,
    pub expected: Interval,
    pub discounted: Interval,
}

/// A fitted model that answers.
pub(crate) trait Answers: Sync {
    fn say(&self, who: &Who<'_>, ahead: &Ahead) -> std::result::Result<Said, InputError>;
}

/// The model of a document, ready to answer.
pub(crate) fn of(document: &Document) -> Result<Box<dyn Answers>> {
    let name = document.form.model.as_str();
    if !document.covariates.is_empty() {
        return match name {
            "bg-nbd" => Ok(Box::new(Covariates::<BgNbd>::of(document)?)),
            "mbg-nbd" => Ok(Box::new(Covariates::<MbgNbd>::of(document)?)),
            _ => Ok(Box::new(Covariates::<ParetoNbd>::of(document)?)),
        };
    }
    match name {
        "nbd" => Ok(Box::new(document.fit::<Nbd>()?)),
        "bg-nbd" => Ok(Box::new(document.fit::<BgNbd>()?)),
        "mbg-nbd" => Ok(Box::new(document.fit::<MbgNbd>()?)),
        "pareto-nbd" => Ok(Box::new(document.fit::<ParetoNbd>()?)),
        "cnbd" => Ok(Box::new(document.fit::<Cnbd>()?)),
        "bg-bb" => Ok(Box::new(Occasions(document.fit::<BgBb>()?))),
        other if ModelName::parse(other).is_ok_and(ModelName::is_renewal) => {
            let why = format!("{other} is about contracts; ask `mainstay model renew --params`");
            Err(Problem::invalid("params", "model.params", why))
        }
        other => {
            let why =
                format!("the fit is of {other:?}, which says nothing of repeat buying; give one that does");
            Err(Problem::invalid("params", "model.params", why))
        }
    }
}

/// The three questions of a row.
fn questions(ahead: &Ahead) -> [Question; 3] {
    let now = Span::days(0.0);
    [
        Question::Active { after: now },
        Question::Expected { from: now, to: ahead.horizon },
        Question::Discounted { horizon: ahead.value_horizon, discount: ahead.discount },
    ]
}

fn said(ahead: &Ahead, ask: impl Fn(Question) -> Interval) -> Said {
    let [active, expected, discounted] = questions(ahead);
    let discounted = if ahead.valued { ask(discounted) } else { unlimited(f64::NAN) };
    Said { active: ask(active), expected: ask(expected), discounted }
}

impl<M: Purchases> Answers for Fit<M> {
    fn say(&self, who: &Who<'_>, ahead: &Ahead) -> std::result::Result<Said, InputError> {
        let customer = Customer::in_unit(self.model.unit(), who.frequency, who.recency, who.age)?;
        Ok(said(ahead, |question| {
            let limits = ahead.level.and_then(|level| self.interval(question, &customer, level));
            limits.unwrap_or_else(|| unlimited(self.model.answer(question, &customer)))
        }))
    }
}

/// A fit whose scales depend on covariates.
struct Covariates<M> {
    fit: CovariateFit,
    unit: Unit,
    model: std::marker::PhantomData<fn() -> M>,
}

impl<M: WithCovariates + Purchases> Covariates<M> {
    fn of(document: &Document) -> Result<Covariates<M>> {
        let unit = document.form.unit.unwrap_or(Unit::Week);
        Ok(Covariates { fit: document.covariate_fit::<M>()?, unit, model: std::marker::PhantomData })
    }
}

impl<M: WithCovariates + Purchases> Answers for Covariates<M> {
    fn say(&self, who: &Who<'_>, ahead: &Ahead) -> std::result::Result<Said, InputError> {
        let customer = Customer::in_unit(self.unit, who.frequency, who.recency, who.age)?;
        let own = self.fit.model_for::<M>(who.covariates).ok();
        Ok(said(ahead, |question| {
            let interval = |level| self.fit.interval::<M>(question, who.covariates, &customer, level);
            let value = own.as_ref().map_or(f64::NAN, |model| model.answer(question, &customer));
            ahead.level.and_then(interval).unwrap_or_else(|| unlimited(value))
        }))
    }
}

/// Buying on occasions; horizons are numbers of them.
struct Occasions(Fit<BgBb>);

impl Occasions {
    fn ask<const N: usize>(
        &self,
        level: Option<f64>,
        range: Range,
        quantity: impl Fn(&[Jet<N>; N]) -> Jet<N>,
        plain: f64,
    ) -> Interval {
        let limits = level.and_then(|level| self.0.estimate.interval_of(&quantity, range, level));
        limits.unwrap_or_else(|| unlimited(plain))
    }
}

impl Answers for Occasions {
    fn say(&self, who: &Who<'_>, ahead: &Ahead) -> std::result::Result<Said, InputError> {
        let (recency, age) = (occasions(who.recency)?, occasions(who.age)?);
        let seen = Attendance::new(who.frequency, recency, age)?;
        let model = &self.0.model;
        let theta: [f64; 4] = std::array::from_fn(|i| model.parameters()[i]);
        let count = |span: Span| span.in_unit(Unit::Day).round().min(1e5) as u32;
        let horizon = count(ahead.horizon);
        // The rate of one occasion: horizons and rates of occasions are told in days of one occasion each.
        let rate = ahead.discount.continuous(Unit::Day).exp_m1();
        let value_horizon = ahead.value_horizon.map(count);
        let discounted = match ahead.valued {
            true => self.ask(
                ahead.level,
                Range::Positive,
                |theta| worth(theta, &seen, value_horizon, rate),
                worth(&theta, &seen, value_horizon, rate),
            ),
            false => unlimited(f64::NAN),
        };
        Ok(Said {
            active: self.ask(
                ahead.level,
                Range::Share,
                |theta| BgBb::active(theta, &seen, 1),
                model.probability_active(&seen, 1),
            ),
            expected: self.ask(
                ahead.level,
                Range::Positive,
                |theta| BgBb::expected(theta, &seen, horizon),
                model.expected_purchases(&seen, horizon),
            ),
            discounted,
        })
    }
}

/// Discounted purchases over so many occasions, or for ever.
fn worth<S: Scalar>(theta: &[S; 4], seen: &Attendance, horizon: Option<u32>, rate: f64) -> S {
    let Some(horizon) = horizon else { return BgBb::discounted(theta, seen, rate.max(1e-9)) };
    let (mut sum, mut before) = (S::constant(0.0), S::constant(0.0));
    for ahead in 1..=horizon {
        let until = BgBb::expected(theta, seen, ahead);
        sum = sum + (until - before) * (1.0 + rate).powi(-(ahead as i32));
        before = until;
    }
    sum
}

fn occasions(value: f64) -> std::result::Result<u32, InputError> {
    if value.fract() == 0.0 && (0.0..=1e5).contains(&value) {
        return Ok(value as u32);
    }
    Err(InputError::NotAQuantity { row: 0, column: "a number of occasions", value })
}
