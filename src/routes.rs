//! Every address of the console: the only place that reads or writes a URL path.
