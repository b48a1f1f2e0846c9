//! Which records are about the same: the model of Fellegi and Sunter, estimated without examples.
//!
//! Two records are compared column by column; each comparison falls into one of a few *levels*. Among pairs that are
//! the same a level comes up with probability *m*, among pairs that are not with probability *u*. With the share λ of
//! pairs that are the same, the weight of a pair is log2(λ/(1−λ)) plus, for each column, log2(m/u) of its level, and
//! 1/(1+2^−weight) is the probability that both are the same. Each part is handed out, so that a person can be told why.
//!
//! Sources: Fellegi and Sunter 1969 (the model), Winkler 1988 and 2000 (estimation by expectation–maximization, values
//! that are frequent count less), Cohen, Ravikumar and Fienberg 2003 (texts compared by rare words, each of which may be
//! misspelt), Enamorado, Fifield and Imai 2019 (missing values are ignorable given the class).
//!
//! ```
//! use stats::linkage::{Column, Link, Records};
//!
//! let names = ["Rook & Daughters", "Rook and Daughters", "Osterlund Marine", "Ida Vos"];
//! let records = Records::new(vec![Column::read("name", names.iter().map(|name| Some(*name)))]);
//! let found = Link::within(&records).find();
//! assert!(found.pairs.iter().all(|pair| pair.left < pair.right));
//! ```

mod block;
mod column;
mod compare;
mod em;
mod kind;
mod link;
mod model;
mod resolve;
mod words;

pub use self::{
    block::Blocks,
    column::{Column, Records},
    compare::{ABSENT, Level, alike, level},
    em::{Contest, Fit, Parameters, Patterns, fit},
    kind::Kind,
    link::{Found, Link, Pair},
    model::{Model, Part, probability},
    resolve::{Links, clusters, one_to_one},
    words::Words,
};
