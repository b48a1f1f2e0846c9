//! The pages of the judgement on both engines: what they show, what they hide, what they cost.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod account;
mod book;
mod bulk;
mod came;
mod conditions;
mod learning;
mod lines;
mod overrides;
mod paging;
mod spectrum;
mod switch;
mod today;
mod views;
mod wishes;
mod world;
