// Comments are skipped wherever a space may stand; a block comment ends at the first end mark.
print("a") /* behind */
// expect: a
print(/* inside */ "b" /* two */, /* three */ "c") // expect: b c
/* over
   lines /* not nested
*/
print("/* not a comment */", "// nor this") // expect: /* not a comment */ // nor this
/**/ print("d") // expect: d
