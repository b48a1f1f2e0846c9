//! The doors of the house: pages, REST, worker. They wire what the slices bring and decide nothing.

pub mod api;
pub mod archive;
pub mod cli;
pub mod config;
mod deeds;
pub mod demo;
pub mod doctor;
pub mod find;
pub mod help;
pub mod jobs;
pub mod mcp;
pub mod openapi;
pub mod rows;
pub mod serve;
pub mod slices;
pub mod spoken;
mod switch;
pub mod today;
pub mod upload;
pub mod web;
pub mod worker;
