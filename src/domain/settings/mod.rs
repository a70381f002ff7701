//! The account's settings: one table of fields, drafts and their checks, the merge of two people's edits, the review
//! before a save (`contract` 5).

mod account;
mod check;
pub mod cidr;
mod draft;
mod duration;
mod field;
pub mod grammar;
pub mod log;
mod merge;
mod review;
mod section;

pub use account::{Account, Value};
pub use check::{Problem, Warning, problem, problems, warning};
pub use cidr::{Cidr, CidrProblem, Family};
pub use draft::{Draft, Input, Release};
pub use duration::{Amount, Unit};
pub use field::{Bound, Effect, Entry, Field, Kind, Needs};
pub use merge::{Outcome, Side, conflicts, differences, normalised, outcome};
pub use review::{AllowList, Change, Consequence, Facts, Peer, Weight, consequences, is_recorded};
pub use section::Section;

#[cfg(test)]
mod review_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod value_tests;
