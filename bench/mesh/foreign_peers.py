#!/usr/bin/env python3
"""Foreign peers of a node: links that do nothing, or one that calls and reads nothing.

usage: foreign_peers.py idle PORT COUNT     answers pings until its input ends; prints a line when all are linked
       foreign_peers.py slow PORT BYTES     calls echo with BYTES, reads nothing, is closed, comes again; prints a line each time
"""
import asyncio
import base64
import json
import os
import socket
import struct
import sys
import time


def upgrade(port, name):
    key = base64.b64encode(os.urandom(16)).decode()
    return (f"GET /ws/p2p?node_id={name} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n").encode()


def frame(opcode, payload):
    """A client's frame; its mask is zero, so the payload stands as it is."""
    size = len(payload)
    if size < 126:
        head = struct.pack("!BB", 0x80 | opcode, 0x80 | size)
    elif size < 65536:
        head = struct.pack("!BBH", 0x80 | opcode, 0x80 | 126, size)
    else:
        head = struct.pack("!BBQ", 0x80 | opcode, 0x80 | 127, size)
    return head + b"\0\0\0\0" + payload


class IdlePeer(asyncio.Protocol):
    PING, PONG = 9, 10

    def __init__(self, port, name, linked):
        self.hello = upgrade(port, name)
        self.linked = linked
        self.buffer = b""
        self.is_linked = False

    def connection_made(self, transport):
        self.transport = transport
        transport.write(self.hello)

    def data_received(self, data):
        self.buffer += data
        if not self.is_linked:
            head, end, rest = self.buffer.partition(b"\r\n\r\n")
            if not end:
                return
            if b" 101 " not in head:
                raise SystemExit(head.decode())
            self.is_linked, self.buffer = True, rest
            self.linked()
        while len(self.buffer) >= 2 and len(self.buffer) >= 2 + self.buffer[1]:
            size = self.buffer[1]
            if self.buffer[0] & 15 == self.PING:
                self.transport.write(frame(self.PONG, self.buffer[2:2 + size]))
            self.buffer = self.buffer[2 + size:]


async def idle(port, count):
    loop = asyncio.get_running_loop()
    for number in range(count):
        linked = loop.create_future()
        await loop.create_connection(lambda: IdlePeer(port, f"f{number}", lambda: linked.set_result(None)), "127.0.0.1", port)
        await linked
    print("linked", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


def slow(port, size):
    call = {"type": "server_call", "id": "1", "from": "slow", "to": "n1", "timestamp": "2024-01-01T00:00:00Z",
            "data": {"call": {"server_name": "counter", "method": "echo", "args": ["x" * size]}, "response_id": "1"}}
    text = frame(1, json.dumps(call).encode())
    while True:
        with socket.create_connection(("127.0.0.1", port)) as peer:
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            peer.sendall(upgrade(port, "slow"))
            print("linked", flush=True)
            try:
                while True:
                    peer.sendall(text)
                    time.sleep(0.005)
            except OSError:
                time.sleep(0.1)


if sys.argv[1] == "idle":
    asyncio.run(idle(int(sys.argv[2]), int(sys.argv[3])))
else:
    slow(int(sys.argv[2]), int(sys.argv[3]))
