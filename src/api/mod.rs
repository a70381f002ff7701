//! Wire types and request values of NetBird's management API.
