"""Requests that try to be two things at once: each gets 400 and the connection ends, and nothing behind runs."""
import json
import unittest

from harness import NodeTest

PROGRAM = """
server s {
    state { n: number = 0 }
    receive fn add() { state.set("n", state.n + 1) }
    receive fn n() { state.n }
}
"""
ADD = json.dumps({"jsonrpc": "2.0", "method": "s.add", "id": 1})
SMUGGLED = f"POST /rpc HTTP/1.1\r\nHost: x\r\nContent-Length: {len(ADD)}\r\n\r\n{ADD}"
CHUNKED = f"{len(ADD):x}\r\n{ADD}\r\n0\r\n\r\n"


def head(*lines, first="POST /rpc HTTP/1.1", host="Host: x"):
    return "\r\n".join([first, *([host] if host else []), *lines]) + "\r\n\r\n"


class Hostile(NodeTest):
    PROGRAM = PROGRAM

    def assert_refused(self, request, statuses=(400,)):
        """The node refuses the bytes and runs nothing, neither they nor a request that follows on the connection."""
        before = self.node.result("s.n")
        with self.node.wire() as wire:
            data = request if isinstance(request, bytes) else request.encode("latin-1")
            wire.send(data + SMUGGLED.encode())
            reply = wire.reply()
            self.assertIn(reply.status, statuses, data[:200])
            self.assertEqual(reply.headers.get("connection", "").lower(), "close", data[:200])
            self.assertTrue(wire.is_closed(), f"the connection stays open after {data[:200]!r}")
        self.assertEqual(self.node.result("s.n"), before, f"something ran after {data[:200]!r}")


class Framing(Hostile):
    """Which bytes are the body: any doubt is refused."""

    def test_content_length_and_transfer_encoding(self):
        self.assert_refused(head(f"Content-Length: {len(CHUNKED)}", "Transfer-Encoding: chunked") + CHUNKED)
        self.assert_refused(head("Transfer-Encoding: chunked", f"Content-Length: {len(CHUNKED)}") + CHUNKED)

    def test_transfer_encodings_other_than_chunked(self):
        for value in ("gzip", "identity", "chunked, identity", "gzip, chunked", "chunked, chunked", "xchunked", "chunked;q=1",
                      '"chunked"', ",chunked", "", "chun ked"):
            self.assert_refused(head(f"Transfer-Encoding: {value}") + CHUNKED)

    def test_an_unknown_transfer_encoding_with_a_length(self):
        self.assert_refused(head("Transfer-Encoding: gzip", f"Content-Length: {len(ADD)}") + ADD)
        self.assert_refused(head("Transfer-Encoding: chunked, identity", f"Content-Length: {len(ADD)}") + ADD)

    def test_two_transfer_encodings(self):
        self.assert_refused(head("Transfer-Encoding: chunked", "Transfer-Encoding: chunked") + CHUNKED)
        self.assert_refused(head("Transfer-Encoding: chunked", "Transfer-Encoding: identity") + CHUNKED)

    def test_chunked_in_1_0(self):
        self.assert_refused(head("Transfer-Encoding: chunked", first="POST /rpc HTTP/1.0") + CHUNKED)

    def test_content_lengths_that_are_no_number(self):
        for value in ("+2", "-1", "0x10", "1e1", "2 2", "2,2", "", "two", "2.0", "18446744073709551616", "9" * 40, "²"):
            self.assert_refused(head(f"Content-Length: {value}") + ADD, statuses=(400, 413))

    def test_two_different_content_lengths(self):
        self.assert_refused(head(f"Content-Length: {len(ADD)}", "Content-Length: 0") + ADD)
        self.assert_refused(head("Content-Length: 0", f"Content-Length: {len(ADD)}") + ADD)

    def test_broken_chunks(self):
        for chunks in ("x\r\n", "-1\r\n", "\r\n", "1\r\nab\r\n", "1\r\na0\r\n\r\n", "ffffffffffffffff\r\n", "1 \nx\r\n0\r\n\r\n",
                       "1\na\n0\n\n", "0x1\r\na\r\n0\r\n\r\n", "10000000000000000\r\n"):
            self.assert_refused(head("Transfer-Encoding: chunked") + chunks, statuses=(400, 413))

    def test_long_chunk_extensions(self):
        chunks = f"{len(ADD):x};{'e' * 200_000}\r\n{ADD}\r\n0\r\n\r\n"
        self.assert_refused(head("Transfer-Encoding: chunked") + chunks)

    def test_many_chunk_extensions(self):
        chunks = "".join("1;abcdefgh\r\n \r\n" for _ in range(2000)) + "0\r\n\r\n"
        self.assert_refused(head("Transfer-Encoding: chunked") + chunks)


class Heads(Hostile):
    def test_a_host_is_needed_once(self):
        self.assert_refused(head(host=None))
        self.assert_refused(head("Host: y"))
        self.assert_refused(head("Host: x"))

    def test_line_folding(self):
        self.assert_refused(head("X-Long: a", " b"))
        self.assert_refused(head("Transfer-Encoding:", " chunked") + CHUNKED)

    def test_space_before_the_colon(self):
        self.assert_refused(head(f"Content-Length : {len(ADD)}") + ADD)
        self.assert_refused(head("Transfer-Encoding\t: chunked") + CHUNKED)

    def test_a_field_without_a_colon_or_a_name(self):
        for line in ("NoColon", ": empty", "Bad Name: x", "Bad(Name: x", "B\x00d: x", "Bäd: x"):
            self.assert_refused(head(line))

    def test_bare_line_feeds(self):
        self.assert_refused(f"POST /rpc HTTP/1.1\nHost: x\nContent-Length: {len(ADD)}\n\n{ADD}")
        self.assert_refused(f"POST /rpc HTTP/1.1\r\nHost: x\nContent-Length: {len(ADD)}\r\n\r\n{ADD}")

    def test_a_bare_carriage_return_or_control_character_in_a_value(self):
        for value in ("a\rb", "a\x00b", "a\x0bb", "a\x7fb"):
            self.assert_refused(head(f"X-Value: {value}"))

    def test_request_lines(self):
        for first in ("POST  /rpc HTTP/1.1", "POST /rpc  HTTP/1.1", " POST /rpc HTTP/1.1", "POST /rpc", "POST /rpc HTTP/2.0",
                      "POST /rpc http/1.1", "POST /rpc HTTP/1.1 ", "P(ST /rpc HTTP/1.1", "/rpc HTTP/1.1",
                      "POST rpc HTTP/1.1", "POST /r\x00c HTTP/1.1", "POST\t/rpc\tHTTP/1.1", "GARBAGE"):
            self.assert_refused(head(first=first), statuses=(400, 505))

    def test_tls_and_binary_bytes(self):
        self.assert_refused(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200))
        self.assert_refused(bytes(range(256)))


class Trailers(Hostile):
    """A trailer never becomes a header, whatever it is called."""

    def test_a_trailer_is_not_taken_into_the_headers(self):
        chunks = CHUNKED[:-2] + "Connection: close\r\n\r\n"
        before = self.node.result("s.n")
        with self.node.wire() as wire:
            reply = wire.send(head("Transfer-Encoding: chunked") + chunks).reply()
            self.assertIn(reply.status, (200, 400))
            if reply.status == 200:
                self.assertNotEqual(reply.headers.get("connection", "").lower(), "close")
                self.assertEqual(wire.send(SMUGGLED).reply().status, 200)
                before += 2
        self.assertEqual(self.node.result("s.n"), before)

    def test_a_broken_trailer_is_refused(self):
        self.assert_refused(head("Transfer-Encoding: chunked") + CHUNKED[:-2] + "no colon\r\n\r\n")


class Survival(Hostile):
    def test_nothing_of_this_harms_others(self):
        with self.node.wire() as patient:
            for junk in (b"\x00" * 1000, b"\r\n" * 10, b"\xff" * 100, b"GET", b"POST /rpc HTTP/1.1\r\nContent-Length: 5\r\n\r\n"):
                with self.node.wire() as wire:
                    wire.send(junk)
            patient.send("GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
            self.assertEqual(patient.reply().status, 200)


if __name__ == "__main__":
    unittest.main()
