#!/usr/bin/env relay
// Both are skipped, in this order.
print(1) // expect: 1
