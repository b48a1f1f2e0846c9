//! What every model offers, and what a model of repeat buying offers beyond it.

use rayon::prelude::*;

use crate::chance::Chance;
use crate::customers::{Cell, History, InputError};
use crate::estimate::{Estimate, FitError, Interval, ParameterError, ProfileInterval, Range};
use crate::number::{Jet, Scalar};
use crate::problem::Problem;
use crate::{Customer, Customers, Discount, Span, Unit};

/// A model with a few parameters and a likelihood.
pub trait Model: Clone {
    /// The kind of data it is fitted to.
    type Base;

    /// Its parameters, in order.
    fn parameters(&self) -> Vec<f64>;

    /// The same kind of model (unit, regularity) with other parameters.
    fn with_parameters(&self, values: &[f64]) -> Result<Self, ParameterError>;

    /// Its likelihood on a base.
    fn problem<'a>(&self, base: &'a Self::Base) -> Problem<'a>;

    /// Why the base could not identify the model at all, if so.
    fn refuse(&self, base: &Self::Base) -> Option<FitError>;

    /// The log-likelihood of the base at these parameters.
    fn log_likelihood(&self, base: &Self::Base) -> f64 {
        self.problem(base).at(&self.parameters()).value
    }

    /// Fits the same kind of model to a base.
    fn refit(&self, base: &Self::Base) -> Result<Fit<Self>, FitError> {
        if let Some(reason) = self.refuse(base) {
            return Err(reason);
        }
        let estimate = self.problem(base).solve()?;
        let model = self.with_parameters(&estimate.values).map_err(FitError::Parameter)?;
        Ok(Fit { model, estimate })
    }
}

/// A fitted model: the model itself, and how well it is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit<M> {
    /// The model at the maximum.
    pub model: M,
    /// Parameters, likelihood and uncertainty.
    pub estimate: Estimate,
}

impl<M: Model> Fit<M> {
    /// The profile-likelihood interval of the parameter with this name, on the base it was fitted to.
    ///
    /// `None` if there is no such parameter. Prefer it to the standard error whenever the two
    /// disagree: dropout parameters have skewed likelihoods.
    pub fn profile(&self, base: &M::Base, parameter: &str, level: f64) -> Option<ProfileInterval> {
        let index = self.estimate.index(parameter)?;
        Some(self.model.problem(base).profile(&self.estimate, index, level))
    }
}

impl<M: Purchases> Fit<M> {
    /// An answer with a delta-method interval, `None` where the fit has no covariance.
    pub fn interval(&self, question: Question, customer: &Customer, level: f64) -> Option<Interval> {
        let ask = question.in_unit(self.model.unit());
        let (value, gradient) = self.model.answer_with_gradient(&ask, &customer.history(self.model.unit()));
        self.estimate.delta_interval(value, &gradient, ask.range(), level)
    }
}

/// Something to ask a model about one customer, or about a newcomer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Question {
    /// The probability of being active so long after the end of observation.
    Active {
        /// Zero for now.
        after: Span,
    },
    /// The expected purchases between two times after the end of observation.
    Expected {
        /// Start of the window.
        from: Span,
        /// Its end.
        to: Span,
    },
    /// The expected repeat purchases of a newcomer within a time from the first purchase.
    Newcomer {
        /// How long from the first purchase.
        within: Span,
    },
    /// The probability that a newcomer makes exactly so many repeat purchases within a time.
    Count {
        /// How many.
        purchases: u32,
        /// How long from the first purchase.
        within: Span,
    },
    /// Expected purchases from now on, each discounted to today; without a horizon, for ever.
    Discounted {
        /// How far to look, `None` for ever.
        horizon: Option<Span>,
        /// The price of waiting.
        discount: Discount,
    },
}

/// A question in plain numbers of the unit of a model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ask {
    /// Probability of being active after a time.
    Active(f64),
    /// Expected purchases between two times.
    Expected(f64, f64),
    /// Expected purchases of a newcomer.
    Newcomer(f64),
    /// Probability of a count for a newcomer.
    Count(u32, f64),
    /// Discounted purchases up to a horizon (infinite for ever) at a continuous rate.
    Discounted(f64, f64),
}

impl Question {
    /// Spans into numbers; lengths that are negative or not numbers count as zero.
    pub(crate) fn in_unit(self, unit: Unit) -> Ask {
        // Written so that a NaN counts as zero.
        let length = |span: Span| Some(span.in_unit(unit)).filter(|l| *l > 0.0).unwrap_or(0.0).min(1e9);
        match self {
            Question::Active { after } => Ask::Active(length(after)),
            Question::Expected { from, to } => Ask::Expected(length(from), length(to)),
            Question::Newcomer { within } => Ask::Newcomer(length(within)),
            Question::Count { purchases, within } => Ask::Count(purchases, length(within)),
            Question::Discounted { horizon, discount } => {
                let rate = discount.continuous(unit);
                let rate = if rate.is_finite() { rate.clamp(1e-12, 1e3) } else { 1e3 };
                Ask::Discounted(horizon.map_or(f64::INFINITY, length), rate)
            }
        }
    }
}

impl Ask {
    /// Which values the answer may take.
    pub(crate) fn range(&self) -> Range {
        match self {
            Ask::Active(_) | Ask::Count(..) => Range::Share,
            Ask::Expected(..) | Ask::Newcomer(_) | Ask::Discounted(..) => Range::Positive,
        }
    }
}

/// The two numbers most asked for, for one customer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Probability of being active at the end of observation.
    pub active: f64,
    /// Expected purchases within the horizon.
    pub expected: f64,
}

/// One simulated customer: the past a seller would see, and what only the simulation knows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Simulated {
    /// Repeat purchases within the age.
    pub frequency: u32,
    /// Time of the last of them.
    pub recency: f64,
    /// Purchases in the time after.
    pub future: u32,
    /// Whether still active at the end of the age.
    pub active: bool,
    /// Sum of the logarithms of the times between purchases, for models of regularity.
    pub ln_gaps: f64,
}

/// A model of repeat purchases by customers who leave without saying so.
pub trait Purchases: Model<Base = Customers> + Sync {
    /// The unit of its parameters.
    fn unit(&self) -> Unit;

    /// The answer, as a function of the parameters on any [`Scalar`].
    fn solve<S: Scalar>(&self, theta: &[S], ask: &Ask, who: &History) -> S;

    /// Draws one customer observed for `age` and followed for `future` more, in units of the model.
    fn simulate(&self, age: f64, future: f64, chance: &mut impl Chance) -> Simulated;

    /// The answer to a question about a customer. Questions about newcomers ignore the customer.
    fn answer(&self, question: Question, customer: &Customer) -> f64 {
        let ask = question.in_unit(self.unit());
        self.solve(&self.parameters(), &ask, &customer.history(self.unit()))
    }

    /// The probability that the customer is still active at the end of observation.
    fn probability_active(&self, customer: &Customer) -> f64 {
        self.answer(Question::Active { after: Span::days(0.0) }, customer)
    }

    /// Purchases to expect within a span from the end of observation.
    fn expected_purchases(&self, customer: &Customer, within: Span) -> f64 {
        self.answer(Question::Expected { from: Span::days(0.0), to: within }, customer)
    }

    /// Repeat purchases to expect of a newcomer within a span from the first purchase.
    fn expected_of_newcomer(&self, within: Span) -> f64 {
        let ask = Question::Newcomer { within }.in_unit(self.unit());
        self.solve(&self.parameters(), &ask, &NOBODY)
    }

    /// The probability that a newcomer makes exactly `purchases` repeat purchases within a span.
    fn probability_of_count(&self, purchases: u32, within: Span) -> f64 {
        let ask = Question::Count { purchases, within }.in_unit(self.unit());
        self.solve(&self.parameters(), &ask, &NOBODY)
    }

    /// Expected purchases from now on, discounted to today; for ever without a horizon.
    fn discounted_purchases(&self, customer: &Customer, horizon: Option<Span>, discount: Discount) -> f64 {
        self.answer(Question::Discounted { horizon, discount }, customer)
    }

    /// Scores one cell per distinct history, in parallel; [`Customers::cells`] has the same order.
    fn score(&self, base: &Customers, within: Span) -> Vec<Score> {
        let (theta, horizon) = (self.parameters(), within.in_unit(self.unit()).max(0.0));
        let stretch = Span::new(1.0, base.unit()).in_unit(self.unit());
        let one = |cell: &Cell| {
            let seen = cell.history();
            let who = History { recency: seen.recency * stretch, age: seen.age * stretch, ..seen };
            self.score_one(&theta, &who, horizon)
        };
        base.cells().par_iter().with_min_len(512).map(one).collect()
    }

    /// Scores columns row by row, times in the unit of the model, in parallel and in order.
    ///
    /// The rows are checked as [`Customers::new`] does.
    fn score_rows(
        &self,
        frequency: &[u32],
        recency: &[f64],
        age: &[f64],
        within: Span,
    ) -> Result<Vec<Score>, InputError> {
        if recency.len() != frequency.len() || age.len() != frequency.len() {
            return Err(InputError::UnequalColumns);
        }
        let (theta, horizon) = (self.parameters(), within.in_unit(self.unit()).max(0.0));
        for row in 0..frequency.len() {
            crate::customers::check(row, frequency[row], recency[row], age[row])?;
        }
        let one = |row: usize| {
            let who = History { x: f64::from(frequency[row]), recency: recency[row], age: age[row] };
            self.score_one(&theta, &who, horizon)
        };
        Ok((0..frequency.len()).into_par_iter().with_min_len(512).map(one).collect())
    }

    /// Both numbers of one score; models that share work between them override this.
    fn score_one(&self, theta: &[f64], who: &History, horizon: f64) -> Score {
        Score {
            active: self.solve(theta, &Ask::Active(0.0), who),
            expected: self.solve(theta, &Ask::Expected(0.0, horizon), who),
        }
    }

    /// The answer with its gradient in the parameters.
    fn answer_with_gradient(&self, ask: &Ask, who: &History) -> (f64, Vec<f64>) {
        let theta = self.parameters();
        match theta.len() {
            2 => gradient::<2, Self>(self, &theta, ask, who),
            _ => gradient::<4, Self>(self, &theta, ask, who),
        }
    }
}

/// A customer who has not been observed at all.
pub(crate) const NOBODY: History = History { x: 0.0, recency: 0.0, age: 0.0 };

fn gradient<const N: usize, M: Purchases>(
    model: &M,
    theta: &[f64],
    ask: &Ask,
    who: &History,
) -> (f64, Vec<f64>) {
    let mut values = [1.0; N];
    for (slot, value) in values.iter_mut().zip(theta) {
        *slot = *value;
    }
    let answer = model.solve(&Jet::<N>::parameters(values), ask, who);
    (answer.value(), answer.gradient().to_vec())
}
