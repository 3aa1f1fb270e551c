#!/usr/bin/env python3
"""Tests relay with clients of other authors from npm: two for JSON-RPC, one for the WebSockets of the mesh, and of VS Code that
of language servers and the engine of its grammars.

usage: run.py FOLDER        FOLDER: where the clients are installed (npm ci), once for each lock file

Starts two linked nodes, runs the tests against the first, ends them and exits as the tests did.
"""
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "e2e"))
from harness import BINARY, ROOT, Node, clean_environment  # noqa: E402

TESTS = ("clients.test.js", "peer.test.js", "lsp.test.js", "grammar.test.js")

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
    for name in ("package.json", "package-lock.json", *TESTS):
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
        environment |= {"RELAY_BINARY": str(pathlib.Path(BINARY).resolve()), "RELAY_ROOT": str(ROOT)}
        tested = subprocess.run(["node", "--test", *TESTS], cwd=folder, env=environment, timeout=300)
    finally:
        ended = neighbor.stop() or node.stop()
    return tested.returncode or (1 if ended else 0)


sys.exit(main())
