"""Servers under measurement: started on free ports of loopback, ended by their id."""
import os
import pathlib
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request

TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition, what, seconds=30, pause=0.001):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise SystemExit(f"not within {seconds} s: {what}")
        time.sleep(pause)


def listens(port):
    try:
        socket.create_connection(("127.0.0.1", port), 0.2).close()
        return True
    except OSError:
        return False


class Process:
    """A child that serves on `port`. `worker_of` names the process that does the work when it is not the child itself."""

    def __init__(self, command, port, worker_of=lambda pid: pid):
        self.port = port
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        wait_until(lambda: self.process.poll() is not None or listens(port), f"{command[0]} listens on port {port}")
        if self.process.poll() is not None:
            raise SystemExit(f"ended at its start with {self.process.returncode}: {' '.join(command)}")
        self.worker = worker_of(self.process.pid)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    def cpu_seconds(self):
        fields = pathlib.Path(f"/proc/{self.worker}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def resident_bytes(self):
        status = pathlib.Path(f"/proc/{self.worker}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) * 1024

    def is_healthy(self):
        """Whether a node has run its top-level code."""
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=10).close()
            return True
        except urllib.error.HTTPError as refused:  # 503: it still starts
            refused.close()
            return False

    def end(self):
        self.process.terminate()
        self.process.wait(20)


def relay(binary, program, *flags, port=None):
    """A node that serves the program in this file."""
    port = port or free_port()
    return Process([binary, str(program), "-server", "-host", "127.0.0.1", "-port", str(port), "-log-level", "off",
                    *flags], port)
