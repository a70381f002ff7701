//! The address of the list of invitations.

use crate::domain::invite::InviteQuery;
use crate::features::list_address::ListAddress;
use crate::routes::Route;
use crate::state::console::Console;

/// Search and sort, as the reader has them now.
pub type Address = ListAddress<InviteQuery>;

/// Reads the present address and follows it from now on.
pub fn follow(console: Console) -> Address {
    ListAddress::follow(move |query: &InviteQuery| console.href(&Route::Invitations(query.to_query())))
}
