// o.f(args) calls the function held in f, unless f is a method's name.
set o = {hello: fn (name) { "hello " + name }, keys: fn () { "mine" }}
print(o.hello("Ann"), o.keys(), o.get("keys")()) // expect: hello Ann ["hello", "keys"] mine
