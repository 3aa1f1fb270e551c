// Handlers that change state and fail on purpose.
server chat {
    state { rooms: {string: [string]} = {}, users: {string: object} = {}, seq: number = 0 }
    receive fn join(room: string, user: string) -> [string] {
        set members = state.rooms.get(room) ?? []
        if members.includes(user) { return members }
        state.set("rooms", state.rooms.set(room, members.push(user)))
        state.set("users", state.users.set(user, {rooms: (state.users.get(user) ?? {rooms: []}).rooms.push(room), at: now()}))
        state.rooms.get(room)
    }
    receive fn leave(room: string, user: string) {
        if !state.rooms.has(room) { throw {error: "no such room", room: room} }
        state.update("rooms", fn (rooms) {
            set left = rooms.get(room).remove(user)
            if left.length() == 0 { rooms.remove(room) } else { rooms.set(room, left) }
        })
        nil
    }
    receive fn next() -> number { state.update("seq", fn (n) { n + 1 }) }
    receive fn info(user: string) {
        set u = state.users.get(user)
        if u == nil { return {error: "unknown"} }
        {user: user, rooms: u.rooms.sort(), since: u.at.year()}
    }
}
print(send chat join {room: "a", user: "x"}, send chat join {room: "a", user: "y"})
print(send chat leave {room: "a", user: "x"}, send chat next {} , send chat next {})
set info = send chat info {user: "y"}
print(info.rooms, info.error ?? "fine")
print((send chat info {user: "q"}).error)
set replies = message_all([{server: chat, method: "next"}, {server: "chat", method: "leave", args: ["zz", "y"], timeout: 2}])
for r in replies { print(r.ok ?? r.error.error) }
