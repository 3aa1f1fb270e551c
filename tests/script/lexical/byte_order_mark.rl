#!/usr/bin/env relay
// A byte order mark is skipped, and a #! line behind it.
print("marked") // expect: marked
