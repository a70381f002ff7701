//! The users list: stream decoder, compact store, search and sort.
//!
//! Made for 100,000 users in a browser tab: the first rows are there while the rest still arrives, a keystroke searches
//! everything within a frame, and no step holds up the page. It knows neither a browser nor a user interface, so all of it
//! is tested natively; it is a crate of its own because only it is compiled for speed instead of size.
//!
//! - A [`Decoder`] takes the body of `GET /users` in pieces and pushes its elements, one at a time, into a [`Store`] (or
//!   any other [`Sink`]). The caller looks at the clock between [`Decoder::step`]s. [`FindUser`] looks for a single user
//!   the same way.
//! - The [`Store`] holds the rows in segments of 4,096 and gives them out as [`Row`]s; [`Store::push`],
//!   [`Store::replace`] and [`Store::remove`] follow what was written to the server. A row's [`RowId`] never changes.
//! - [`search`] answers a [`Filter`] with a [`RowSet`], [`Sorter`] makes an order of a [`Sort`] in small steps, and
//!   [`order_filtered`] joins the two: what is drawn is a `Vec<RowId>`. After a search only this is done again.
//! - [`Comparison`] says which rows of a newer list somebody changed.
//! - [`Names`] and [`Devices`] hold what other requests know: group names, role labels, devices per user.

mod changes;
mod decode;
mod error;
mod facets;
mod find;
mod fold;
mod intern;
mod kinds;
mod names;
mod natural;
mod needle;
mod rank;
mod row;
mod row_set;
mod search;
mod segment;
mod sort;
mod sorter;
mod store;
mod time;
mod user;

pub use changes::{Comparison, News};
pub use decode::{Decoder, MAX_ELEMENT_BYTES, Sink, Step};
pub use error::DecodeError;
pub use facets::{Facet, Facets};
pub use find::FindUser;
pub use fold::fold;
pub use names::{Devices, Names};
pub use natural::natural_key;
pub use rank::{compare_roles, compare_statuses, status_of};
pub use row::Row;
pub use row_set::RowSet;
pub use search::{Filter, search};
pub use sort::{Column, Direction, Sort};
pub use sorter::{SortStep, Sorter, order_filtered, position, sort};
pub use store::{RowId, Store};
pub use time::{LastLogin, rfc3339_seconds};
pub use user::UserRef;
