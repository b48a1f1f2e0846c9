//! The words every floor shares: typed ids, money, days and moments, problems, the context of a call.
//!
//! Nothing here knows a customer, a table or a page, and nothing here reads a clock, a file or a socket.

mod actor;
mod code;
mod context;
mod currency;
mod day;
mod id;
mod money;
mod page;
mod problem;
mod version;
mod voice;

pub use actor::{Actor, Permission, Role};
pub use context::Context;
pub use currency::Currency;
pub use day::{Day, Moment};
pub use id::{Codes, Id, Kind};
pub use money::{MOST, Money, SCALE, plain, ten_thousandths};
pub use page::{Cursor, Page};
pub use problem::{Problem, ProblemKind, Result};
pub use version::{Outcome, Version};
pub use voice::{Voice, lend};
