//! The likelihood of one row at a time, which the fitters of `lifetimes` offer.

use btyd::{Attendances, BgBb, Customers, GammaGamma, InputError, Model, Spend, Unit};
use numpy::PyArray1;
use pyo3::prelude::*;

use crate::base::{Column, numbers, whole};
use crate::errors;
use crate::fitted::{AnyModel, form, with_model};
use crate::timing::Out;

/// The log-likelihood of every row by itself. The columns are those of the model: frequency, recency, age (or
/// occasions); for the gamma-gamma model purchases and mean value, and the third is not looked at.
#[pyfunction]
pub fn log_likelihood_rows<'py>(
    py: Python<'py>,
    model: &str,
    parameters: Vec<f64>,
    first: Column<'py>,
    second: Column<'py>,
    third: Column<'py>,
) -> PyResult<Out<'py>> {
    let (a, b, c) = (numbers(&first)?, numbers(&second)?, numbers(&third)?);
    if a.len() != b.len() || b.len() != c.len() {
        return Err(errors::input(InputError::UnequalColumns));
    }
    let size = || errors::BtydError::new_err(format!("{model} has another number of parameters"));
    let found: Result<Vec<f64>, InputError> = match model {
        "bg-bb" => {
            let theta = parameters.try_into().map_err(|_| size())?;
            let model = BgBb::new(theta).map_err(errors::parameter)?;
            py.detach(|| {
                let (x, last, n) = (whole("frequency", a)?, whole("recency", b)?, whole("occasions", c)?);
                let one = |i: usize| Attendances::new(&[x[i]], &[last[i]], &[n[i]], &[1]);
                (0..x.len()).map(|i| Ok(model.log_likelihood(&one(i)?))).collect()
            })
        }
        "gamma-gamma" => {
            let theta = parameters.try_into().map_err(|_| size())?;
            let model = GammaGamma::new(theta).map_err(errors::parameter)?;
            py.detach(|| {
                let x = whole("frequency", a)?;
                (0..x.len()).map(|i| Ok(model.log_likelihood(&Spend::new(&[x[i]], &[b[i]])?))).collect()
            })
        }
        _ => {
            let blank = AnyModel::blank(&form(model, Unit::Week, 1, "after-repeats")?)?;
            let model = blank.with_parameters(&parameters).map_err(errors::parameter)?;
            py.detach(|| {
                let x = whole("frequency", a)?;
                let one = |i: usize| Customers::new(Unit::Week, &[x[i]], &[b[i]], &[c[i]]);
                (0..x.len()).map(|i| Ok(with_model!(&model, m => m.log_likelihood(&one(i)?)))).collect()
            })
        }
    };
    Ok(PyArray1::from_vec(py, found.map_err(errors::input)?))
}
