"""Every example runs and does what it says."""
import os
import subprocess
import unittest

from harness import BINARY, PATIENCE, ROOT, OwnNodesTest, clean_environment, relay

EXAMPLES = ROOT / "examples"


class Examples(OwnNodesTest):
    def test_each_runs_to_its_end(self):
        programs = sorted(EXAMPLES.glob("*.rl"))
        self.assertGreaterEqual(len(programs), 4)
        for program in programs:
            done = relay(str(program))
            self.assertEqual((done.returncode, done.stderr), (0, ""), program.name)

    def test_three_nodes_pass_their_script(self):
        done = subprocess.run([str(EXAMPLES / "test_websocket_p2p.sh")], capture_output=True, encoding="utf-8",
                              timeout=4 * PATIENCE, env=clean_environment({"RELAY": BINARY}))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn(" 0 wrong", done.stdout)

    def test_the_blog_passes_its_script(self):
        node = self.start(str(EXAMPLES / "blog_server.rl"))
        done = self.script(f"http://127.0.0.1:{node.port}")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn(" 0 wrong", done.stdout)

    def test_the_script_tells_a_wrong_answer(self):
        node = self.start("server blog_server { receive fn get_posts() { [1] } }")
        done = self.script(f"http://127.0.0.1:{node.port}")
        self.assertEqual(done.returncode, 1)
        self.assertIn("WRONG no posts yet", done.stdout)

    @staticmethod
    def script(*arguments):
        return subprocess.run([str(EXAMPLES / "test_http_api.sh"), *arguments], capture_output=True, text=True,
                              timeout=PATIENCE * 2, env=clean_environment())

    def test_registry(self):
        node = self.start(str(EXAMPLES / "test_p2p_registry.rl"), "-node-id", "n1")
        self.assertEqual([node.result("test_counter.increment"), node.result("test_counter.increment", 5)], [1, 6])
        self.assertEqual(node.result("test_counter.get_count"), 6)
        self.assertEqual(node.result("test_counter.get_info")["node_id"], "n1")
        self.assertEqual([node.result("test_counter.reset"), node.result("test_counter.get_count")], [0, 0])
        self.assertEqual(node.result("discovery_test.record_discovery", "node2", ["a"]), 1)
        self.assertEqual(node.result("discovery_test.record_discovery", "node2"), 2)
        self.assertEqual(node.result("discovery_test.get_peers"), ["node2"])
        self.assertEqual(node.result("discovery_test.get_discoveries")[0]["servers"], ["a"])
        self.assertIsNone(node.result("discovery_test.clear"))
        self.assertEqual(node.result("discovery_test.get_discoveries"), [])

    def test_simple_p2p(self):
        node = self.start(str(EXAMPLES / "simple_p2p_test.rl"), "-node-id", "node2_simple")
        self.assertEqual([node.result("counter_server.increment", 5), node.result("counter_server.get_count")], [5, 5])
        self.assertEqual(node.result("counter_server.reset"), 0)
        self.assertEqual(node.result("echo_server.echo", {"a": [1]}), {"a": [1]})
        self.assertEqual(node.result("echo_server.echo_with_node", 1), {"node_id": "node2_simple", "value": 1})
        self.assertEqual(node.result("distributed_counter.get_count"), 0)
        self.assertEqual([node.result("distributed_counter.increment"), node.result("distributed_counter.increment", "node1")], [1, 2])
        self.assertEqual(node.result("distributed_counter.get_counts"), {"node2_simple": 1, "node1": 1})

    def test_websocket_demo(self):
        node = self.start(str(EXAMPLES / "p2p_websocket_demo.rl"))
        self.assertEqual(node.get("/info").json()["servers"], ["counter_server", "discovery_server", "relay_server", "task_server"])
        self.assertEqual([node.result("counter_server.increment", 5), node.result("counter_server.decrement")], [5, 4])
        self.assertEqual(node.result("discovery_server.register", "mail", "node1"), ["node1"])
        self.assertEqual(node.result("discovery_server.register", "mail", "node1"), ["node1"])
        self.assertEqual(node.result("discovery_server.list"), ["mail"])
        self.assertEqual(node.result("discovery_server.unregister", "mail", "node1"), [])
        self.assertEqual([node.result("discovery_server.find", "mail"), node.result("discovery_server.list")], [[], []])

    def test_websocket_demo_relays(self):
        node = self.start(str(EXAMPLES / "p2p_websocket_demo.rl"))
        self.assertEqual(node.result("relay_server.relay", "counter_server", "increment", 3), 3)
        replies = node.result("relay_server.broadcast", ["counter_server", "nobody"], "increment", 1)
        self.assertEqual((replies[0], replies[1]["error"]["kind"]), ({"ok": 4}, "server_not_found"))
        self.assertEqual(node.result("relay_server.get_stats"), {"relayed": 3, "failed": 1})

    def test_websocket_demo_works_on_tasks(self):
        node = self.start(str(EXAMPLES / "p2p_websocket_demo.rl"))
        first = node.result("task_server.add_task", "distributed_task", {"priority": 1})
        self.assertEqual((first["name"], first["priority"], first["status"]), ("distributed_task", 1, "waiting"))
        node.result("task_server.add_task", "urgent", {"priority": 9})
        self.assertEqual(node.result("counter_server.get_count"), 2)
        self.assertEqual(node.result("task_server.take_task")["name"], "urgent")
        self.assertEqual(node.result("task_server.complete_task", 2, [1])["result"], [1])
        self.assertEqual(node.error("task_server.complete_task", [2, 1])["data"]["error"], "Task is done already")
        self.assertEqual([task["id"] for task in node.result("task_server.get_tasks", "waiting")], [1])
        self.assertEqual(node.result("task_server.take_task")["id"], 1)
        self.assertIsNone(node.result("task_server.take_task"))


@unittest.skipUnless(os.path.samefile(BINARY, ROOT / "build/release/relay")
                     if os.path.exists(BINARY) and os.path.exists(ROOT / "build/release/relay") else False,
                     "the launcher runs the release build")
class ThroughTheLauncher(OwnNodesTest):
    def test_the_script_starts_a_node_of_its_own(self):
        done = Examples.script()
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
