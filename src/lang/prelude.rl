// The part of the language that is written in Relay: methods that call a function of the program, so that the callback
// may wait for a message, and the large cases of methods whose work would hold a core if it were done in one call.
//
// A method in C++ (vm/methods_*.cc) checks the arguments and then hands over to TYPE__METHOD here; a builtin to
// builtin__NAME. Names that begin with `__` are native steps (vm/native_steps_*.cc): each does a bounded piece of the
// work and gives back the state from which the next goes on. A callback is offered all arguments and takes what it wants.

// ---- Arrays: callbacks

fn array__map(self, f) {
    set out = []
    for i, x in self { set out = out.push(f(x, i)) }
    out
}

fn array__filter(self, f) {
    set out = []
    for i, x in self { if f(x, i) { set out = out.push(x) } }
    out
}

fn array__reduce(self, f) {
    set result = nil
    for i, x in self { if i == 0 { set result = x } else { set result = f(result, x, i) } }
    result
}

fn array__reduce_from(self, f, result) {
    for i, x in self { set result = f(result, x, i) }
    result
}

fn array__find(self, f) {
    for i, x in self { if f(x, i) { return x } }
    nil
}

fn array__find_index(self, f) {
    for i, x in self { if f(x, i) { return i } }
    -1
}

fn array__any(self, f) {
    for i, x in self { if f(x, i) { return true } }
    false
}

fn array__all(self, f) {
    for i, x in self { if !f(x, i) { return false } }
    true
}

fn array__each(self, f) {
    for i, x in self { f(x, i) }
    nil
}

fn array__group_by(self, f) {
    set state = [{}]
    for i, x in self { set state = __group(state, string(f(x, i)), x) }
    state[0]
}

fn array__sort_by(self, f) { __sort(array__map(self, f), self) }

// ---- Arrays: large ones

// `out` with the elements of `source` from `from` to before `to`.
fn array__extended(out, source, from, to) {
    set end = out.length() + to - from
    while out.length() < end { set out = __append(out, source, to - (end - out.length()), to) }
    out
}

fn array__slice(self, from, to: optional(any)) {
    array__extended([], self, from, (to ?? self.length()).min(self.length()))
}

fn array__insert(self, at, value) { array__extended(self.slice(0, at).push(value), self, at, self.length()) }

fn array__prepend(self, value) { array__extended([value], self, 0, self.length()) }

fn array__remove_at(self, at) { array__extended(self.slice(0, at), self, at + 1, self.length()) }

fn array__reverse(self) {
    set out = []
    while out.length() < self.length() { set out = __append_reversed(out, self) }
    out
}

fn array__flatten(self) {
    set state = [[], 0, 0]
    while state[1] < self.length() { set state = __flatten(state, self) }
    state[0]
}

fn array__zip(self, other) {
    set out = []
    set end = self.length().min(other.length())
    while out.length() < end { set out = __zip(out, self, other) }
    out
}

fn array__sum(self) {
    set state = [0, 0]
    while state[1] < self.length() { set state = __sum(state, self) }
    state[0]
}

// ---- Objects

fn object__map(self, f) {
    set out = {}
    for key, value in self { set out = out.set(key, f(value, key)) }
    out
}

fn object__filter(self, f) {
    set out = {}
    for key, value in self { if f(value, key) { set out = out.set(key, value) } }
    out
}

fn object__keys(self) { object__listed(self, "keys") }

fn object__values(self) { object__listed(self, "values") }

fn object__entries(self) { object__listed(self, "entries") }

fn object__listed(self, part) {
    set state = [[], nil]
    while state[1] != -1 { set state = __entries(state, self, part) }
    state[0]
}

fn object__merge(self, other) {
    set state = [self, nil]
    while state[1] != -1 { set state = __merge_entries(state, other) }
    state[0]
}

// ---- Builtins

fn builtin__range(a, b: optional(any), c: optional(any)) {
    set out = []
    set before = -1
    while out.length() != before {
        set before = out.length()
        set out = __range(out, a, b, c)
    }
    out
}

fn builtin__assert_throws(f) {
    set value = nil
    try { set value = f() } catch e { return e }
    __not_thrown(value)
}

fn builtin__object(entries) {
    set state = [{}, 0]
    while state[1] < entries.length() { set state = __collect(state, entries) }
    state[0]
}
