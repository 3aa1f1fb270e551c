// A function without types takes what comes; the annotated one it calls refuses.
fn strict(n: number) -> string { "n" + string(n) }
fn loose(n) { strict(n) }
print(loose(1), try { loose("x") } catch e { e.error }) // expect: n1 function 'strict': parameter 'n' must be number, got string
set typed = fn (a: string) -> number { 1 }
print(try { typed(2) } catch e { e.kind }) // expect: type
