"""Nodes that are linked, for the tests of the mesh."""
from harness import OwnNodesTest, wait_until

PROGRAM = """
server counter {
    state { n: number = 0, history: [number] = [] }
    receive fn add(by: optional(number)) -> number { state.set("n", state.n + (by ?? 1)) }
    receive fn get() -> number { state.n }
    receive fn where() -> string { node_id() }
    receive fn echo(v: any) { v }
    receive fn args(a: number, b: optional(string)) { {a: a, b: b} }
    receive fn nap(seconds: number) { print("napping"); sleep(seconds)
        "woken" }
    receive fn fail(v: any) { throw v }
    receive fn divide(a: number) { a / 0 }
}
server caller {
    receive fn ask(server: string, method: string) { message(server, method) }
    receive fn whole(a: number) { send "b.counter" args {a: a} }
    receive fn caught(server: string, method: string, arg: any) {
        try { message(server, method, arg) } catch e { if type(e) == "object" { {kind: e.kind, message: e.message} } else { e } }
    }
    receive fn all(calls: [object]) { message_all(calls) }
    receive fn tell(server: string, method: string, arg: any) { notify(server, method, arg) }
}
"""
FAST = ("-discovery-interval", "1", "-ping-interval", "0.5")


class MeshTest(OwnNodesTest):
    def node(self, name, *flags, program=PROGRAM, pace=FAST):
        node = self.start(program, "-node-id", name, *pace, *flags)
        node.name = name
        return node

    def pair(self, first="a", second="b", pace=FAST):
        a = self.node(first, pace=pace)
        b = self.node(second, "-add-peer", f"http://127.0.0.1:{a.port}", pace=pace)
        self.wait_linked(a, b)
        return a, b

    def line(self, *names):
        nodes = []
        for name in names:
            peer = ("-add-peer", f"127.0.0.1:{nodes[-1].port}") if nodes else ()
            nodes.append(self.node(name, *peer))
        self.wait_known(*nodes)
        return nodes

    def wait_linked(self, *nodes):
        for node in nodes:
            wait_until(lambda n=node: any(p["is_healthy"] for p in n.get("/registry/peers").json().values()),
                       f"{node.name} to be linked")

    def wait_known(self, *nodes):
        """Until every node can call every other."""
        for node in nodes:
            for other in nodes:
                if node is not other:
                    wait_until(lambda n=node, o=other: "result" in self.remote(n, o.name, "counter", "where"),
                               f"{node.name} to reach {other.name}")

    @staticmethod
    def remote(node, target, server, method, args=None, **more):
        params = {"node_id": target, "server_name": server, "method": method, **more}
        if args is not None:
            params["args"] = args
        return node.rpc("remote_call", params)

    def remote_result(self, *args, **more):
        answer = self.remote(*args, **more)
        self.assertIn("result", answer)
        return answer["result"]

    def remote_error(self, *args, **more):
        answer = self.remote(*args, **more)
        self.assertIn("error", answer)
        return answer["error"]
