//! The promises of this crate.

mod arbitrary;
mod baseline;
mod cards;
mod cases;
mod conditions;
mod deeds;
mod effects;
mod explanations;
mod fits;
mod learns;
mod oracle;
mod policies;
mod preferences;
mod promises;
mod properties;
mod replays;
mod standings;
mod stories;
mod suggestions;
mod turns;
mod versions;
mod world;
