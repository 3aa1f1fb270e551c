struct Item { id: number, tags: optional([string]) }
server store {
    state { items: [Item] = [], names: {string: number} = {}, last: optional(Item) }
    receive fn add(id: number) -> Item {
        set item = Item{id: id}
        state.set("items", state.items.push(item))
        state.update("names", fn (names) { names.set(`${id}`, names.length()) })
        state.set("last", item)
        item
    }
    receive fn ids() -> [number] { state.items.map(fn (item) { item.id }).sort() }
    receive fn last_tags() -> [string] { if state.last == nil { [] } else { state.last.tags ?? [] } }
}
send store add {id: 1}
message(store, "add", 2)
print(send store ids {}, send store last_tags {} within 5)
print(message_all([{server: store, method: "ids"}]).map(fn (reply) { reply.ok }))
