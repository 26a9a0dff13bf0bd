//! What was answered is kept.
