//! The users list: stream decoder, compact store, search and sort.
