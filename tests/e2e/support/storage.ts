// Everything the console keeps in a browser, in either storage. tests/tidy compares it with the source.

/** The keys. */
export const KEYS = [
  "roost.columns",
  "roost.columns.service",
  "roost.contrast",
  "roost.drafts",
  "roost.pending",
  "roost.renewed",
  "roost.rounds",
  "roost.session",
  "roost.shortcuts",
  "roost.signed-out",
  "roost.theme",
  "roost.wanted",
];
