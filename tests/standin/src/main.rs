//! Starts the stand-in server.

fn main() {}
