//! Signing in: OpenID Connect, access tokens, the session.
