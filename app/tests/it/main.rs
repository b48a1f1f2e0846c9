//! The doors as programs and browsers find them, on both engines.

mod api;
mod authorization;
mod openapi;
mod town;
mod upload;
mod web;
mod worker;
