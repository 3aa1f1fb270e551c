#!/usr/bin/env relay

// The first comment.
/* A block
   over lines
      kept as it is. */
struct P {
    x: number, // behind x
    // before y
    y: number /* y */
    // the last
}

/**
 * A block with stars
 * is aligned.
 */
fn f(/* nothing */) { // behind the brace
    // alone
}

fn g(
    a, // the first
    b, // the second
) { /* inside */ }

fn h() { a /* behind a */ }
if a { // then
    b
}
// otherwise
else { // c
}
set x = // why
    5
set y =
    // above
    // twice
    {a: 1}
print(
    a,
    /* b */ b, // behind b
    c, /* behind c */
)
foo(
    // only a comment
)
set a = [ // behind the bracket
    1, // one
    /* two */ 2,
    // none
]
xs // all
    // the even ones
    .filter(fn (x) { x % 2 == 0 }) // behind
    .map(double)
a && // left
    b
a || b // behind a
try {
    a
} // failed?
catch e {
    b
}
dispatch x { // cases
    :a: 1, // the first
    // default
    :default: 2,
}
a // behind a semicolon
return // nothing
// At the end.
