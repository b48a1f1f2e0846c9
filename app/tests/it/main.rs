//! The doors as programs and browsers find them, on both engines.

#![expect(clippy::unwrap_used, reason = "a test that cannot set its stage has failed")]

mod aged;
mod api;
mod assistant;
mod authorization;
mod contracts;
mod counted;
mod crawl;
mod deeds;
mod find;
mod held;
mod labels;
mod left_alone;
mod mcp;
mod openapi;
mod ours_alone;
mod preferences;
mod reached;
mod readings;
mod rows;
mod samples;
mod schema;
mod service_models;
mod spoken;
mod tables;
mod town;
mod upload;
mod walls;
mod web;
mod worker;
mod world;
