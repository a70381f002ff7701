//! Every text on screen, as typed messages.
