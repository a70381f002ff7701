//! The shell around all pages: providers, navigation, router, guards.
