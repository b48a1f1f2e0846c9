//! What a model of repeat buying answers, once for all of them.
//!
//! The models of repeat buying differ in how customers leave and agree in
//! what is asked of them. Each implements one function,
//! [`solve`](Purchases::solve), the answer to any [`Ask`] over any
//! [`Scalar`]; probabilities, expectations, scores, gradients and intervals
//! follow here for all of them.

use rayon::prelude::*;

use crate::chance::Chance;
use crate::customer::{History, InputError};
use crate::customers::Cell;
use crate::lanes::LANES;
use crate::model::Model;
use crate::number::{Scalar, Slope};
use crate::question::{Ask, Question};
use crate::{Customer, Customers, Discount, Span, Unit};

/// The two numbers most asked for, for one customer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Probability of being active at the end of observation.
    pub active: f64,
    /// Expected purchases within the horizon.
    pub expected: f64,
}

/// One simulated customer: the past a seller would see, and what only the
/// simulation knows.
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
    /// Sum of the logarithms of the times between purchases, for models of
    /// regularity.
    pub ln_gaps: f64,
}

/// A model of repeat purchases by customers who leave without saying so.
///
/// ```
/// use btyd::{Customer, MbgNbd, ParetoNbd, Purchases, Span, Unit};
///
/// /// What a promise to one customer is worth in purchases, under any model.
/// fn next_year(model: &impl Purchases, customer: &Customer) -> f64 {
///     model.expected_purchases(customer, Span::years(1.0))
/// }
///
/// let customer = Customer::new(3, Span::weeks(40.0), Span::weeks(52.0)).unwrap();
/// let pareto = ParetoNbd::new(Unit::Week, [0.553, 10.578, 0.606, 11.669]).unwrap();
/// let mbg = MbgNbd::new(Unit::Week, [0.525, 6.183, 0.891, 1.614]).unwrap();
/// assert!((next_year(&pareto, &customer) / next_year(&mbg, &customer) - 1.0).abs() < 0.25);
/// ```
pub trait Purchases: Model<Base = Customers> + Sync {
    /// The unit of its parameters.
    fn unit(&self) -> Unit;

    /// The answer, as a function of the parameters on any [`Scalar`].
    fn solve<S: Scalar>(&self, theta: &[S], ask: &Ask, who: &History) -> S;

    /// Draws one customer observed for `age` and followed for `future` more,
    /// in units of the model.
    fn simulate(&self, age: f64, future: f64, chance: &mut impl Chance) -> Simulated;

    /// The answer to a question about a customer. Questions about newcomers
    /// ignore the customer.
    fn answer(&self, question: Question, customer: &Customer) -> f64 {
        let ask = question.in_unit(self.unit());
        self.solve(&self.parameters(), &ask, &customer.history(self.unit()))
    }

    /// The probability that the customer is still active at the end of
    /// observation.
    ///
    /// The historical name is P(alive). It answers "has this customer left
    /// yet?" and not "will this customer buy soon?": a rare buyer can be
    /// active and silent.
    fn probability_active(&self, customer: &Customer) -> f64 {
        self.answer(Question::Active { after: Span::days(0.0) }, customer)
    }

    /// Purchases to expect within a span from the end of observation.
    fn expected_purchases(&self, customer: &Customer, within: Span) -> f64 {
        self.answer(Question::Expected { from: Span::days(0.0), to: within }, customer)
    }

    /// Repeat purchases to expect of a newcomer within a span from the first
    /// purchase.
    fn expected_of_newcomer(&self, within: Span) -> f64 {
        let ask = Question::Newcomer { within }.in_unit(self.unit());
        self.solve(&self.parameters(), &ask, &NOBODY)
    }

    /// The probability that a newcomer makes exactly `purchases` repeat
    /// purchases within a span.
    fn probability_of_count(&self, purchases: u32, within: Span) -> f64 {
        let ask = Question::Count { purchases, within }.in_unit(self.unit());
        self.solve(&self.parameters(), &ask, &NOBODY)
    }

    /// Expected purchases from now on, discounted to today; for ever without
    /// a horizon.
    ///
    /// Times a margin and a spend per purchase this is the residual lifetime
    /// value of the customer. Without a horizon it is the discounted expected
    /// residual transactions (DERT) of the literature.
    fn discounted_purchases(&self, customer: &Customer, horizon: Option<Span>, discount: Discount) -> f64 {
        self.answer(Question::Discounted { horizon, discount }, customer)
    }

    /// Scores one cell per distinct history, in parallel;
    /// [`Customers::cells`] has the same order.
    ///
    /// ```
    /// use btyd::{BgNbd, Customers, Purchases, Span, Unit};
    /// let base = Customers::new(Unit::Week, &[2, 0], &[30.43, 0.0], &[38.86, 38.86]).unwrap();
    /// let model = BgNbd::new(Unit::Week, [0.243, 4.414, 0.793, 2.426]).unwrap();
    /// let scores = model.score(&base, Span::weeks(39.0));
    /// // Cells are sorted: the one without purchases comes first.
    /// assert_eq!(scores[0].active, 1.0);
    /// assert!((scores[1].expected - 1.22602817476714445).abs() < 1e-12);
    /// ```
    fn score(&self, base: &Customers, within: Span) -> Vec<Score> {
        let (theta, horizon) = (self.parameters(), reach(within, self.unit()));
        let stretch = Span::new(1.0, base.unit()).in_unit(self.unit());
        let one = |cell: &Cell| {
            let seen = cell.history();
            let who = History { recency: seen.recency * stretch, age: seen.age * stretch, ..seen };
            self.score_one(&theta, &who, horizon)
        };
        base.cells().par_iter().with_min_len(512).map(one).collect()
    }

    /// Scores columns row by row, times in the unit of the model, in parallel
    /// and in order.
    ///
    /// The rows are checked as [`Customers::new`] does. They are worked on
    /// eight at a time; a row's digits agree with those of a single answer to
    /// thirteen places, and do not depend on where it stands.
    ///
    /// ```
    /// use btyd::{ParetoNbd, Purchases, Span, Unit};
    /// let model = ParetoNbd::new(Unit::Week, [0.553, 10.578, 0.606, 11.669]).unwrap();
    /// let next = model.score_rows(&[26, 0], &[30.857, 0.0], &[31.0, 38.9], Span::weeks(52.0)).unwrap();
    /// // The best known customer of CDNOW, number 1516, and one who bought once.
    /// assert!((next[0].expected - 25.456).abs() < 3e-3 && next[1].active < 0.5);
    /// ```
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
        let (theta, horizon) = (self.parameters(), reach(within, self.unit()));
        for row in 0..frequency.len() {
            crate::customer::check(row, frequency[row], recency[row], age[row])?;
        }
        let history =
            |row: usize| History { x: f64::from(frequency[row]), recency: recency[row], age: age[row] };
        let mut scores = vec![Score { active: 0.0, expected: 0.0 }; frequency.len()];
        scores.par_chunks_mut(LANES * 64).enumerate().for_each(|(part, scores)| {
            for (group, scores) in scores.chunks_mut(LANES).enumerate() {
                let first = part * LANES * 64 + group * LANES;
                // The last rows are joined by copies of the very last, so that a row's digits do not depend on
                // where it stands.
                let row = |lane: usize| (first + lane).min(frequency.len() - 1);
                let found =
                    self.score_lanes(&theta, &std::array::from_fn(|lane| history(row(lane))), horizon);
                scores.copy_from_slice(&found[..scores.len()]);
            }
        });
        Ok(scores)
    }

    /// Both numbers of one score; models that share work between them
    /// override this.
    fn score_one(&self, theta: &[f64], who: &History, horizon: f64) -> Score {
        Score {
            active: self.solve(theta, &Ask::Active(0.0), who),
            expected: self.solve(theta, &Ask::Expected(0.0, horizon), who),
        }
    }

    /// Several scores at once; models whose customers can share work override this.
    fn score_lanes(&self, theta: &[f64], who: &[History; LANES], horizon: f64) -> [Score; LANES] {
        who.map(|who| self.score_one(theta, &who, horizon))
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

/// A horizon as a number, bounded as those of questions are; what is no length
/// counts as zero.
fn reach(within: Span, unit: Unit) -> f64 {
    // Written so that a NaN counts as zero.
    Some(within.in_unit(unit)).filter(|length| *length > 0.0).unwrap_or(0.0).min(1e9)
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
    let answer = model.solve(&Slope::<N>::parameters(values), ask, who);
    (answer.value(), answer.gradient().to_vec())
}
