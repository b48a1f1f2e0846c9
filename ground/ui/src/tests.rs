//! What holds for all components together.
