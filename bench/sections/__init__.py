"""One module a section of docs/performance.md: `measure(binary, rounds)` gives its markdown lines and its targets."""
