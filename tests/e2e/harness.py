"""Runs real relay processes for the tests: start on a free port, talk to them, end them by their id.

The binary under test is named by the environment variable BINARY_UNDER_TEST.
"""
import http.client
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("BINARY_UNDER_TEST", str(ROOT / "build" / "release" / "relay"))
if not os.access(BINARY, os.X_OK):
    raise SystemExit(f"there is no binary to test: {BINARY} (set BINARY_UNDER_TEST)")
# How long anything may take before a test gives up; generous, since sanitizers and busy machines are slow.
PATIENCE = 60
LISTENING = re.compile(r"https?://(\S+?):(\d+)")


def clean_environment(extra=None):
    """The environment without RELAY_* variables, so that a developer's own settings change no test."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RELAY_")}
    return {**kept, **(extra or {})}


def relay(*arguments, stdin="", env=None, folder=None):
    """Runs relay to its end and gives the finished process: returncode, stdout, stderr."""
    return subprocess.run([BINARY, *arguments], input=stdin, capture_output=True, encoding="utf-8",
                          errors="replace", timeout=PATIENCE, env=clean_environment(env), cwd=folder)


def wait_until(condition, what, seconds=PATIENCE):
    """Polls until `condition()` is true and gives its value."""
    give_up = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > give_up:
            raise AssertionError(f"waited {seconds} s in vain: {what}")
        time.sleep(0.005)


class Reply:
    """One HTTP answer: status, headers by lower-case name, body."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"Reply({self.status}, {self.headers}, {self.body[:300]!r})"


class Wire:
    """A raw connection: what the tests send is exactly what the node reads."""

    def __init__(self, address):
        self.socket = socket.create_connection(address, timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    def send(self, data):
        try:
            self.socket.sendall(data if isinstance(data, bytes) else data.encode())
        except (BrokenPipeError, ConnectionResetError):
            pass  # The node may refuse before it has read everything; its answer tells.
        return self

    def _fill(self):
        try:
            more = self.socket.recv(65536)
        except ConnectionResetError:
            more = b""
        self.buffer += more
        return bool(more)

    def _until(self, mark):
        while mark not in self.buffer:
            if not self._fill():
                raise EOFError(f"the connection ended after {self.buffer[:200]!r}")
        head, self.buffer = self.buffer.split(mark, 1)
        return head

    def reply(self, method="POST"):
        """The next answer; of a HEAD request it has no body."""
        lines = self._until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        status = int(lines[0].split(" ")[1])
        headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        has_body = method != "HEAD" and status not in (204, 304) and status >= 200
        return Reply(status, headers, self._body(headers) if has_body else b"")

    def _body(self, headers):
        length = int(headers.get("content-length", "0"))
        while len(self.buffer) < length:
            if not self._fill():
                raise EOFError("the connection ended inside a body")
        body, self.buffer = self.buffer[:length], self.buffer[length:]
        return body

    def is_closed(self):
        """Whether the node ends the connection without sending more."""
        return not self.buffer and not self._fill()

    def end_of_sending(self):
        self.socket.shutdown(socket.SHUT_WR)

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Node:
    """A relay process that serves. Its stderr is collected line by line in `lines`."""

    def __init__(self, program=None, *flags, wait_ready=True, env=None):
        self._folder = tempfile.TemporaryDirectory()
        command = [BINARY]
        if program is not None:
            path = pathlib.Path(program) if str(program).endswith(".rl") else self._write(program)
            command.append(str(path))
        command += ["-server", "-port", "0", "-host", "127.0.0.1", *flags]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, env=clean_environment(env))
        self.lines = []
        self.output = []
        self._changed = threading.Condition()
        self._readers = [threading.Thread(target=self._collect, args=pair, daemon=True)
                         for pair in ((self.process.stderr, self.lines), (self.process.stdout, self.output))]
        for reader in self._readers:
            reader.start()
        try:
            match = self.wait_for_line(LISTENING)
            self.port = int(match.group(2))
            self.address = ("127.0.0.1", self.port)
            if wait_ready:
                wait_until(lambda: self.get("/health").status == 200, "the node to be ready")
        except BaseException:
            self.kill()
            raise

    def _write(self, text):
        path = pathlib.Path(self._folder.name) / "program.rl"
        path.write_text(text, encoding="utf-8")
        return path

    def _collect(self, stream, lines):
        for line in stream:
            with self._changed:
                lines.append(line.decode("utf-8", "replace").rstrip("\n"))
                self._changed.notify_all()
        with self._changed:
            self._changed.notify_all()

    def _find(self, pattern):
        return next((match for match in map(pattern.search, self.lines) if match), None)

    def wait_for_line(self, pattern, seconds=PATIENCE):
        """Waits for a line of stderr that has the pattern; fails when the process ends without one."""
        pattern = re.compile(pattern)
        ended = lambda: not self._readers[0].is_alive()  # noqa: E731
        give_up = time.monotonic() + seconds
        with self._changed:
            while True:
                match = self._find(pattern)
                if match:
                    return match
                if ended() or time.monotonic() > give_up:
                    raise AssertionError(f"no line with {pattern.pattern!r} in stderr:\n" + "\n".join(self.lines))
                self._changed.wait(0.05)

    def stderr(self):
        return "\n".join(self.lines)

    def wire(self):
        return Wire(self.address)

    def request(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection(*self.address, timeout=PATIENCE)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Reply(answer.status, found, answer.read())
        finally:
            connection.close()

    def get(self, path, headers=None):
        return self.request("GET", path, None, headers)

    def post(self, body, path="/rpc", headers=None):
        data = body if isinstance(body, (bytes, str)) else json.dumps(body)
        data = data.encode() if isinstance(data, str) else data
        return self.request("POST", path, data, {"Content-Type": "application/json", **(headers or {})})

    def rpc(self, method, params=None, **members):
        """The JSON-RPC answer to one call, as an object; members add to the request or replace its parts."""
        call = {"jsonrpc": "2.0", "method": method, "id": 1, **members}
        if params is not None:
            call["params"] = params
        return self.post(call).json()

    def result(self, method, *params):
        """The result of a call by position; an error fails the test."""
        answer = self.rpc(method, list(params))
        if "result" not in answer:
            raise AssertionError(f"{method}: {answer}")
        return answer["result"]

    def error(self, method, params=None):
        """The error object of a call; success fails the test."""
        answer = self.rpc(method, params)
        if "error" not in answer:
            raise AssertionError(f"{method}: {answer}")
        return answer["error"]

    def signal(self, number):
        self.process.send_signal(number)

    def wait(self, seconds=PATIENCE):
        """Waits for the process to end and gives its exit status."""
        code = self.process.wait(seconds)
        for reader in self._readers:
            reader.join(seconds)
        return code

    def stop(self):
        """Ends the node as an operator does; a sanitizer's finding shows in the exit status."""
        if self.process.poll() is None:
            self.signal(signal.SIGTERM)
        code = self.wait()
        self._close()
        return code

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.wait()
        self._close()

    def _close(self):
        self.process.stdout.close()
        self.process.stderr.close()
        self._folder.cleanup()


class NodeTest(unittest.TestCase):
    """A class of tests that share one node, started with PROGRAM and FLAGS; it must end with status 0."""

    PROGRAM = None
    FLAGS = ()

    @classmethod
    def setUpClass(cls):
        cls.node = Node(cls.PROGRAM, *cls.FLAGS)

    @classmethod
    def tearDownClass(cls):
        code = cls.node.stop()
        assert code == 0, f"the node ended with {code}:\n{cls.node.stderr()}"

    def start(self, program=None, *flags, **options):
        """A node of this test's own."""
        node = Node(program, *flags, **options)
        self.addCleanup(self._end, node)
        return node

    @staticmethod
    def _end(node):
        if node.process.poll() is None:
            node.kill()


class OwnNodesTest(NodeTest):
    """Tests that start their own nodes."""

    @classmethod
    def setUpClass(cls):
        pass

    @classmethod
    def tearDownClass(cls):
        pass
