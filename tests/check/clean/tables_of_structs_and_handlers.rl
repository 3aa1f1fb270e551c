// Tables of handlers, arrays of structs, results of unknown shape.
struct Item { name: string, price: number, qty: optional(number) }
set items = [Item{name: "a", price: 1}, Item{name: "b", price: 2, qty: 3}]
set total = items.map(fn (i) { i.price * (i.qty ?? 1) }).sum()
print(total, items.filter(fn (i) { i.qty != nil }).map(fn (i) { i.name }).join(","))
set grouped = items.group_by(fn (i) { if i.price > 1 { "dear" } else { "cheap" } })
for kind, list in grouped { print(kind, list.first().name) }
set routes = {"/": fn (req) { "home" }, "/user": fn (req) { `user ${req.id}` }}
fn route(path, req) { set h = routes.get(path); if h == nil { return "404" }; h(req) }
print(route("/", {}), route("/user", {id: 4}), route("/x", nil))
set inventory = items.reduce(fn (acc, i) { acc.set(i.name, i) }, {})
print(inventory.a.price, inventory.get("b").qty)
set x = items.find(fn (i) { i.name == "b" })
if x { print(x.price) }
set nested = {list: [{v: 1}, {v: 2}]}
print(nested.list[0].v + nested.list.map(fn (e) { e.v }).sum(), nested.list.set(0, {v: 5, w: 1})[0].w)
set matrix = [[1, 2], [3, 4]]
print(matrix.map(fn (r) { r.map(fn (c) { c * 2 }) }).flatten().sum(), matrix[0].zip(matrix[1]).map(fn (p) { p[0] * p[1] }))
set pair = ["name", 5]
print(pair[0].length(), pair[1] + 1)
set opts = {verbose: false, level: nil}
print(opts.level ?? 3, !opts.verbose, (opts.level ?? "x").upper())
set opts = opts.set("level", 9)
print(opts.level + 1)
fn defaults(o) { {a: 1, b: "x"}.merge(o ?? {}) }
print(defaults(nil).a, defaults({a: "now a string"}).a.upper())
