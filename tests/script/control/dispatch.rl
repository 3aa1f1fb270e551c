fn act(kind) {
  dispatch kind {
    :create: fn (k) { "created " + k },
    3: fn (k) { k * 2 },
    -1: "minus one",
    "plain text": "text",
    true: fn () { "no parameter" },
    nil: "nothing",
    2024-01-01: "new year",
    :default: fn (_) { "unknown" }
  }
}
print(act("create"), act(3), act(-1), act("plain text")) // expect: created create 6 minus one text
print(act(true), act(nil), act(2024-01-01), act([])) // expect: no parameter nothing new year unknown
