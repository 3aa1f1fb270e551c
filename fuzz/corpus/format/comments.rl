#!/usr/bin/env relay
// before
fn f(a /* after a */, b: number,) -> number { // behind the brace
  // alone
  set x = [1, // one
    2,
    /* three */ 3]; x.map(fn (v) { v })
    .sum() // behind the chain
  /* last */
}


/// A server.
server s { state { n: number = 0, /* between */ m: string = "x" } receive fn get() { state } }
dispatch 1 { 1: "a", // first
  :default: { b: -1 } }
`text ${ f(1, 2) /* inside */ }`
// at the end
