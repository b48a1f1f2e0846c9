//! Customer-base models over files: tables in, fits and forecasts out.
//!
//! [`btyd`] knows numbers only. Here is what stands between it and a person with a file: which column means what
//! ([`Roles`]), what a fit looks like when it is kept ([`Document`]), and the verbs [`summarize`], [`fit`], [`predict`]
//! and [`renew`] over delimited and Parquet files. [`portable`] writes the statements by which an engine elsewhere
//! counts, so that a base past one machine needs only its distinct cells here.
//!
//! ```
//! use std::io::Write;
//! use forecast::{FitAsked, ModelName, fit};
//!
//! let mut file = tempfile::NamedTempFile::new()?;
//! writeln!(file, "frequency,recency,age,count")?;
//! writeln!(file, "0,0,39,60\n1,10,39,20\n1,30,38,10\n2,20,39,12\n3,37,39,6\n9,38,39,2\n5,12,30,3")?;
//! let asked = FitAsked::of(ModelName::BgNbd, file.path());
//! let document = fit(&asked)?;
//! assert_eq!((document.form.model.as_str(), document.n), ("bg-nbd", 113));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answers;
mod base;
mod contracts;
mod document;
mod fit;
mod lengths;
mod model_name;
mod named;
pub mod portable;
mod predict;
mod renew;
mod roles;
mod summarize;
pub mod table;
mod worth;

pub use document::Document;
pub use fit::{FitAsked, fit};
pub use lengths::{discount, length, unit};
pub use model_name::ModelName;
pub use named::Named;
pub use portable::{Counting, Dialect, Statements};
pub use predict::{PredictAsked, predict};
pub use renew::{Period, RenewAsked, Renewal, renew};
pub use roles::{Role, Roles};
pub use summarize::{SummarizeAsked, Summarized, summarize};
