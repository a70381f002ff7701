//! One folder per product area.
