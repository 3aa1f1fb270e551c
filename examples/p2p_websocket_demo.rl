// A tour of servers that work together:
//
//   ./relay examples/p2p_websocket_demo.rl -server -port 8080 -node-id node1

struct Task { id: number, name: string, priority: number, status: string, result: any }

server counter_server {
    state {
        count: number = 0
    }

    receive fn increment(by: optional(number)) -> number {
        state.set("count", state.count + (by ?? 1))
    }

    receive fn decrement(by: optional(number)) -> number {
        state.set("count", state.count - (by ?? 1))
    }

    receive fn get_count() -> number {
        state.count
    }

    receive fn reset() -> number {
        state.set("count", 0)
    }
}

// Who offers what: filled by whoever announces, asked by whoever looks for a service.
server discovery_server {
    state {
        services: object = {}
    }

    receive fn register(service: string, address: string) -> [string] {
        set known = state.services.get(service) ?? []
        set all = if known.includes(address) { known } else { known.push(address) }
        state.set("services", state.services.set(service, all))
        all
    }

    receive fn unregister(service: string, address: string) -> [string] {
        set rest = (state.services.get(service) ?? []).remove(address)
        state.set(
            "services",
            if rest.length() == 0 {
                state.services.remove(service)
            } else {
                state.services.set(service, rest)
            },
        )
        rest
    }

    receive fn find(service: string) -> [string] {
        state.services.get(service) ?? []
    }

    receive fn list() -> [string] {
        state.services.keys().sort()
    }
}

// Passes messages on to other servers and keeps count.
server relay_server {
    state {
        relayed: number = 0,
        failed: number = 0
    }

    receive fn relay(target: string, method: string, value: any) {
        state.set("relayed", state.relayed + 1)
        message(target, method, value)
    }

    // The same to several servers at once; a target that fails spoils only its own answer.
    receive fn broadcast(targets: [string], method: string, value: any) -> [object] {
        set replies = message_all(targets.map(fn (target) {
            {server: target, method: method, args: [value], timeout: 5}
        }))
        state.set("relayed", state.relayed + replies.length())
        state.set(
            "failed",
            state.failed + replies.filter(fn (reply) { reply.has("error") }).length(),
        )
        replies
    }

    receive fn get_stats() -> object {
        {relayed: state.relayed, failed: state.failed}
    }
}

server task_server {
    state {
        tasks: [Task] = [],
        next_id: number = 1
    }

    receive fn add_task(name: string, options: optional(object)) -> Task {
        set priority = (options ?? {}).get("priority") ?? 0
        set task = Task{
            id: state.next_id,
            name: name,
            priority: priority,
            status: "waiting",
            result: nil,
        }
        state.set("tasks", state.tasks.push(task))
        state.set("next_id", state.next_id + 1)
        message("counter_server", "increment")
        task
    }

    // The waiting task of the highest priority, the oldest first; nil when there is none.
    receive fn take_task() {
        set waiting = state.tasks.filter(fn (task) { task.status == "waiting" })
        set task = waiting.sort_by(fn (task) { -task.priority }).first()
        if task == nil { return nil }
        change(task.set("status", "taken"))
    }

    receive fn complete_task(id: number, result: any) -> Task {
        set task = state.tasks.find(fn (task) { task.id == id }) ?? throw {
            error: "Task not found",
            id: id,
        }
        if task.status == "done" { throw {error: "Task is done already", id: id} }
        change(task.merge({status: "done", result: result}))
    }

    receive fn get_tasks(status: optional(string)) -> [Task] {
        state.tasks.filter(fn (task) { status == nil || task.status == status })
    }

    fn change(task) {
        state.set("tasks", state.tasks.map(fn (old) { if old.id == task.id { task } else { old } }))
        task
    }
}
