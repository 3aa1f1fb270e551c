"""relay lsp as a process: a session over its pipes, and what ends it. What it answers, tests/lsp and tests/clients test."""
import json
import subprocess
import unittest

from harness import BINARY, PATIENCE, OwnNodesTest, clean_environment, relay


class Editor:
    """A language server and the pipes to it."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen([BINARY, "lsp", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, env=clean_environment())
        self.ids = 0

    def write(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, method, params=None, **more):
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
        self.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def receive(self):
        length = 0
        while line := self.process.stdout.readline().strip():
            name, value = line.split(b":")
            length = int(value) if name == b"Content-Length" else length
        return json.loads(self.process.stdout.read(length))

    def request(self, method, params=None):
        self.ids += 1
        self.send(method, params, id=self.ids)
        while (answer := self.receive()).get("id") != self.ids:
            pass
        return answer

    def open(self, text, uri="file:///a.rl"):
        self.send("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "relay", "version": 1, "text": text}})

    def end(self):
        """Exit status, and what it wrote to stderr."""
        self.process.stdin.close()
        errors = self.process.stderr.read().decode()
        self.process.stdout.close()
        self.process.stderr.close()
        return self.process.wait(PATIENCE), errors


class Lsp(OwnNodesTest):
    def editor(self, *arguments):
        editor = Editor(*arguments)
        self.addCleanup(lambda: editor.process.poll() is None and editor.process.kill())
        return editor

    def test_a_session_from_start_to_end(self):
        editor = self.editor("--stdio")
        self.assertIn("hoverProvider", editor.request("initialize", {"capabilities": {}})["result"]["capabilities"])
        editor.send("initialized", {})
        editor.open('print("a"')
        told = editor.receive()
        self.assertEqual(told["method"], "textDocument/publishDiagnostics")
        self.assertEqual([one["message"].split("\n")[0] for one in told["params"]["diagnostics"]], ["`(` is never closed"])
        self.assertIsNone(editor.request("shutdown")["result"])
        editor.send("exit")
        self.assertEqual(editor.end(), (0, ""))

    def test_a_burst_of_changes_is_judged_once(self):
        editor = self.editor()
        editor.request("initialize", {})
        change = {"textDocument": {"uri": "file:///a.rl", "version": 9}, "contentChanges": [{"text": "1 +"}]}
        body = json.dumps({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": change}).encode()
        editor.open("")
        editor.receive()
        editor.write((b"Content-Length: %d\r\n\r\n" % len(body) + body) * 20)
        told = [editor.receive()]
        editor.send("shutdown", id="end")
        while (message := editor.receive()).get("id") != "end":
            told.append(message)
        self.assertEqual({message["params"]["version"] for message in told}, {9})
        self.assertLess(len(told), 20)

    def test_it_finds_what_relay_check_finds(self):
        editor = self.editor()
        editor.request("initialize", {"capabilities": {}})
        editor.open('config { port: "x" }\nprint(nope)\n')
        found = editor.receive()["params"]["diagnostics"]
        self.assertEqual([one["message"] for one in found],
                         ['config: `port`: expected a whole number from 0 to 65535, got "x"', "undefined variable: nope"])

    def test_malformed_json_is_answered_and_the_session_goes_on(self):
        editor = self.editor()
        editor.write(b"Content-Length: 5\r\n\r\n{nope")
        self.assertEqual(editor.receive()["error"]["code"], -32700)
        self.assertIn("result", editor.request("initialize", {}))

    def test_a_stream_that_is_no_stream_of_messages_ends_it(self):
        for data in (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"Content-Length: -1\r\n\r\n", b"x" * 5000):
            editor = self.editor()
            editor.write(data)
            code, errors = editor.end()
            self.assertEqual(code, 1)
            self.assertIn("language server protocol", errors)

    def test_it_ends_with_its_editor(self):
        editor = self.editor()
        editor.request("initialize", {})
        self.assertEqual(editor.end(), (1, ""))

    def test_exit_without_shutdown_is_an_error(self):
        editor = self.editor()
        editor.request("initialize", {})
        editor.send("exit")
        self.assertEqual(editor.end(), (1, ""))

    def test_wrong_usage(self):
        done = relay("lsp", "a.rl")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("takes no files", done.stderr)


if __name__ == "__main__":
    unittest.main()
