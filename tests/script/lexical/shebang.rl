#!/usr/bin/env relay
// A first line that begins with #! is skipped.
print("runs") // expect: runs
