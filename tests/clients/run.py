#!/usr/bin/env python3
"""Tests nodes with clients of other authors from npm: two for JSON-RPC, one for the WebSockets of the mesh.

usage: run.py FOLDER        FOLDER: where the clients are installed (npm ci), once for each lock file

Starts two linked nodes, runs clients.test.js and peer.test.js against the first, ends them and exits as the tests did.
"""
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "e2e"))
from harness import Node, clean_environment  # noqa: E402

PROGRAM = """
server math {
    state { counted: number = 0 }
    receive fn subtract(a: number, b: number) -> number { a - b }
    receive fn echo(v: any) { v }
    receive fn nothing() { nil }
    receive fn divide(n: number) { 1 / n }
    receive fn refuse() { throw {error: "no", id: 7} }
    receive fn count() { state.set("counted", state.counted + 1) }
    receive fn counted() { state.counted }
}
"""


def install(folder):
    """Installs what the lock file names, unless this has been done for the same lock file."""
    for name in ("package.json", "package-lock.json", "clients.test.js", "peer.test.js"):
        shutil.copy(HERE / name, folder / name)
    digest = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    stamp = folder / "installed"
    if stamp.exists() and stamp.read_text() == digest:
        return
    subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=folder, check=True)
    stamp.write_text(digest)


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    install(folder)
    node = Node(PROGRAM, "-node-id", "n1")
    neighbor = Node(PROGRAM, "-node-id", "n2", "-add-peer", f"http://127.0.0.1:{node.port}")
    try:
        environment = clean_environment({"NODE_URL": f"http://127.0.0.1:{node.port}"})
        tested = subprocess.run(["node", "--test", "clients.test.js", "peer.test.js"], cwd=folder, env=environment, timeout=300)
    finally:
        ended = neighbor.stop() or node.stop()
    return tested.returncode or (1 if ended else 0)


sys.exit(main())
