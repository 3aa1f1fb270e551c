"""The calls of Relay's first documentation, word for word: the curl commands below are as users have them in their
notes. A .curlrc leads localhost:8080 to the node under test."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from harness import PATIENCE, ROOT, Node, OwnNodesTest, clean_environment

BLOG = """
// blog_server.rl
server blog_server {
    state {
        posts: [object] = [],
        next_id: number = 1
    }
    
    receive fn get_posts() -> [object] {
        state.get("posts")
    }
    
    receive fn create_post(title: string, content: string) -> object {
        set id = state.get("next_id")
        set post = {id: id, title: title, content: content}
        
        set posts = state.get("posts")
        state.set("posts", posts.push(post))
        state.set("next_id", id + 1)
        
        post
    }
}
"""
GET_POSTS = """curl -X POST http://localhost:8080/rpc \\
  -H "Content-Type: application/json" \\
  -d '{
    "jsonrpc": "2.0",
    "method": "blog_server.get_posts", 
    "id": 1
  }'"""
CREATE_POST = """curl -X POST http://localhost:8080/rpc \\
  -H "Content-Type: application/json" \\
  -d '{
    "jsonrpc": "2.0",
    "method": "blog_server.create_post",
    "params": ["My Post", "Post content here"],
    "id": 2
  }'"""
CREATE_TEST_POST = """curl -X POST http://localhost:8080/rpc \\
  -H "Content-Type: application/json" \\
  -d '{
    "jsonrpc": "2.0",
    "method": "blog_server.create_post", 
    "params": ["Test Post", "This is a test"],
    "id": 1
  }'"""
INCREMENT = """curl -X POST http://localhost:8080/rpc \\
  -H "Content-Type: application/json" \\
  -d '{
    "jsonrpc": "2.0",
    "method": "test_counter.increment",
    "id": 1
  }'"""
GET_INFO = """curl -X POST http://localhost:8080/rpc \\
  -H "Content-Type: application/json" \\
  -d '{"jsonrpc": "2.0", "method": "test_counter.get_info", "id": 1}'"""

SNIPPETS = """
server user_service {
    receive fn get_user(id: string) -> object { {id: id} }
    receive fn create_user(data: object) -> object { data }
}

server auth_service {  
    receive fn login(username: string, password: string) -> object { {user: username} }
    receive fn validate_token(token: string) -> bool { token == "t" }
}
server api_server {
    receive fn handle_webhook(payload: object) -> object { payload }
    receive fn process_payment(data: object) -> object { data }
}
server notification_service {
    receive fn send_notification(user_id: string, message: string) -> bool { true }
    receive fn get_notifications(user_id: string) -> [object] { [] }
}
fn transform_item(item, config) { item.set("seen", config.get("mark")) }
server complex_server {
    receive fn process_data(config: object, items: [object]) -> object {
        // Process complex nested data structures
        set results = items.map(fn(item) {
            // Transform each item based on config
            transform_item(item, config)
        })
        {status: "success", results: results}
    }
}
server error_server {
    receive fn risky_operation(data: object) -> object {
        if data.get("invalid") {
            // This will return nil, converted to JSON null
            nil
        } else {
            {success: true, data: data}
        }
    }
}
"""


class SeedTest(OwnNodesTest):
    def curl(self, node, command):
        """Runs a command of the notes in a shell and gives what it prints."""
        with tempfile.TemporaryDirectory() as home:
            (pathlib.Path(home) / ".curlrc").write_text(
                f'silent\nshow-error\nconnect-to = "localhost:8080:127.0.0.1:{node.port}"\n')
            done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=PATIENCE,
                                  env={**os.environ, "CURL_HOME": home, "HOME": home})
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return json.loads(done.stdout)


class Blog(SeedTest):
    def test_the_quick_start(self):
        node = self.start(BLOG)
        self.assertEqual(self.curl(node, GET_POSTS), {"jsonrpc": "2.0", "result": [], "id": 1})
        self.assertEqual(self.curl(node, CREATE_POST), {
            "jsonrpc": "2.0", "result": {"id": 1, "title": "My Post", "content": "Post content here"}, "id": 2})
        self.assertEqual(self.curl(node, CREATE_TEST_POST)["result"]["id"], 2)
        self.assertEqual([post["title"] for post in self.curl(node, GET_POSTS)["result"]], ["My Post", "Test Post"])

    def test_named_parameters(self):
        node = self.start(BLOG)
        answer = node.rpc("blog_server.create_post", {"title": "My Post", "content": "Content"})
        self.assertEqual(answer["result"], {"id": 1, "title": "My Post", "content": "Content"})

    def test_the_error_of_an_unknown_server(self):
        node = self.start(None)
        self.assertEqual(self.curl(node, GET_POSTS), {
            "jsonrpc": "2.0",
            "error": {"code": -32601, "message": "Method not found", "data": "Server 'blog_server' not found"},
            "id": 1})

    def test_health_and_info(self):
        node = self.start(str(ROOT / "examples/blog_server.rl"))
        health = self.curl(node, "curl http://localhost:8080/health")
        self.assertEqual((list(health), health["status"], health["servers"]), (["status", "timestamp", "servers"], "healthy", 2))
        info = self.curl(node, "curl http://localhost:8080/info")
        self.assertEqual(info["servers"], ["blog_server", "user_server"])
        self.assertEqual(info["jsonrpc_version"], "2.0")

    def test_the_example_answers_the_same_calls(self):
        node = self.start(str(ROOT / "examples/blog_server.rl"))
        self.assertEqual(self.curl(node, GET_POSTS)["result"], [])
        self.assertEqual(self.curl(node, CREATE_POST)["result"], {"id": 1, "title": "My Post", "content": "Post content here"})


class Counter(SeedTest):
    def test_the_calls_of_the_registry_test(self):
        node = self.start(str(ROOT / "examples/test_p2p_registry.rl"))
        self.assertEqual(self.curl(node, INCREMENT), {"jsonrpc": "2.0", "result": 1, "id": 1})
        self.assertEqual(self.curl(node, INCREMENT)["result"], 2)
        info = self.curl(node, GET_INFO)["result"]
        self.assertEqual((info["name"], info["count"]), ("test_counter", 2))


class CommandLines(SeedTest):
    def test_flags_behind_the_file_and_run(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "blog_server.rl"
            path.write_text(BLOG)
            for flags in (["-run", str(path)], []):
                node = Node(None if flags else path, *flags, "-node-id", "blog_node")
                try:
                    self.assertEqual(node.get("/info").json()["servers"], ["blog_server"])
                finally:
                    self.assertEqual(node.stop(), 0)


class Snippets(SeedTest):
    """The servers that the notes show, with bodies where they show none."""

    def test_all_of_them(self):
        node = self.start(SNIPPETS)
        self.assertEqual(len(node.get("/info").json()["servers"]), 6)
        self.assertEqual(node.result("user_service.get_user", "7"), {"id": "7"})
        self.assertEqual(node.rpc("user_service.create_user", {"name": "Ann"})["result"], {"name": "Ann"})
        self.assertEqual(node.result("auth_service.login", "ann", "secret"), {"user": "ann"})
        self.assertIs(node.result("auth_service.validate_token", "t"), True)
        self.assertEqual(node.rpc("api_server.handle_webhook", {"event": "x"})["result"], {"event": "x"})
        self.assertIs(node.result("notification_service.send_notification", "1", "hi"), True)
        self.assertEqual(node.result("notification_service.get_notifications", "1"), [])
        self.assertEqual(node.result("complex_server.process_data", {"mark": 1}, [{"a": 1}]),
                         {"status": "success", "results": [{"a": 1, "seen": 1}]})
        self.assertIsNone(node.result("error_server.risky_operation", {"invalid": True}))
        self.assertEqual(node.rpc("error_server.risky_operation", {"value": 1})["result"], {"success": True, "data": {"value": 1}})


if __name__ == "__main__":
    unittest.main()
