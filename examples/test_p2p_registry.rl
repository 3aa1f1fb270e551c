// Two servers for trying out the registry of a node:
//
//   ./relay examples/test_p2p_registry.rl -server -port 8080
//   curl -X POST http://localhost:8080/rpc -d '{"jsonrpc": "2.0", "method": "test_counter.increment", "id": 1}'

server test_counter {
    state {
        count: number = 0,
        started: datetime = now()
    }

    receive fn increment(by: optional(number)) -> number {
        state.update("count", fn (count) { count + (by ?? 1) })
    }

    receive fn get_count() -> number {
        state.get("count")
    }

    receive fn get_info() -> object {
        {name: "test_counter", count: state.count, node_id: node_id(), started: state.started}
    }

    receive fn reset() -> number {
        state.set("count", 0)
    }
}

// Remembers which peers were seen, the newest last.
server discovery_test {
    state {
        events: [object] = []
    }

    receive fn record_discovery(peer: string, servers: optional([string])) -> number {
        set event = {peer: peer, servers: servers ?? [], at: now()}
        state.set("events", state.events.push(event)).length()
    }

    receive fn get_discoveries() -> [object] {
        state.events
    }

    receive fn get_peers() -> [string] {
        state.events.map(fn (event) { event.peer }).unique()
    }

    receive fn clear() {
        state.set("events", [])
        nil
    }
}
