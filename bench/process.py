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


def on_core(number):
    """For a child's start: it and its threads run on this core only, counted from 0 and round; None leaves it to the system."""
    cores = sorted(os.sched_getaffinity(0))
    if number is None:
        return None
    return lambda: os.sched_setaffinity(0, {cores[number % len(cores)]})


class Process:
    """A child that serves on `port`. `workers_of` names the processes that do the work when it is not the child itself."""

    def __init__(self, command, port, workers_of=lambda pid: [pid], core=None):
        self.port = port
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, preexec_fn=on_core(core))
        wait_until(lambda: self.process.poll() is not None or listens(port), f"{command[0]} listens on port {port}")
        if self.process.poll() is not None:
            raise SystemExit(f"ended at its start with {self.process.returncode}: {' '.join(command)}")
        self.workers = workers_of(self.process.pid)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    def cpu_seconds(self):
        ticks = 0
        for worker in self.workers:
            fields = pathlib.Path(f"/proc/{worker}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / TICKS

    def resident_bytes(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
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


def relay(binary, program, *flags, port=None, core=None):
    """A node that serves the program in this file."""
    port = port or free_port()
    return Process([binary, str(program), "-server", "-host", "127.0.0.1", "-port", str(port), "-log-level", "off",
                    *flags], port, core=core)
