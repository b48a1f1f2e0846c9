//! Statistical models that know numbers only: no account, no clock, no table, no chance that was not handed in.

pub mod linkage;
pub mod logistic;
