//! Rules on users, roles and permissions.
