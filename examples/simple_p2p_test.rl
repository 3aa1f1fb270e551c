// Three small servers, for one node or several:
//
//   ./relay examples/simple_p2p_test.rl -server -port 8080 -node-id node1_simple
//   ./relay examples/simple_p2p_test.rl -server -port 8081 -node-id node2_simple

server counter_server {
    state {
        count: number = 0
    }

    receive fn increment(by: optional(number)) -> number {
        state.set("count", state.count + (by ?? 1))
    }

    receive fn get_count() -> number {
        state.count
    }

    receive fn reset() -> number {
        state.set("count", 0)
    }
}

server echo_server {
    receive fn echo(value: any) {
        value
    }

    receive fn echo_with_node(value: any) -> object {
        {node_id: node_id(), value: value}
    }
}

// Knows which of its counts came from where.
server distributed_counter {
    state {
        counts: object = {}
    }

    receive fn increment(origin: optional(string)) -> number {
        set name = origin ?? node_id()
        state.set("counts", state.counts.set(name, (state.counts.get(name) ?? 0) + 1))
        get_count()
    }

    receive fn get_count() -> number {
        state.counts.values().sum()
    }

    receive fn get_counts() -> object {
        state.counts
    }
}
