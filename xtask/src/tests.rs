//! The checker must catch every fault that is planted, and this very tree must be free of them.

mod counting;
mod planting;
mod rules;
mod this_tree;
