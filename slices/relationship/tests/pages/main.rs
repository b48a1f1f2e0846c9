//! The pages of the judgement on both engines: what they show, what they hide, what they cost.

mod account;
mod book;
mod paging;
mod world;
