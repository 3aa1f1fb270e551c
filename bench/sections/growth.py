"""What a call costs as the program and its data grow."""
import json
import pathlib
import subprocess
import tempfile

from plot import plot
from table import in_turn, table

CALLS = 100_000


def with_servers(count, called=None):
    """A program of `count` servers that calls the first `called` of them in turn; all, unless told."""
    servers = "".join(f"server s{i} {{ state {{ n: number = 0 }} receive fn add() {{ state.set(\"n\", state.n + 1) }} }}\n"
                      for i in range(count))
    return servers + f"""set names = range({count}).map(fn (i) {{ "s" + string(i) }})
for name in names {{ message(name, "add") }}
set begin = now()
for i in range({CALLS}) {{ message(names[i % {called or count}], "add") }}
print(json_encode({{us: (now() - begin) / {CALLS} * 1000000}}))
"""


def with_fields(count):
    fields = ", ".join(f"f{i}: number = 0" for i in range(count))
    last = f"f{count - 1}"
    return f"""server wide {{ state {{ {fields} }} receive fn add() {{ state.set("{last}", state.{last} + 1) }} }}
message("wide", "add")
set begin = now()
for i in range({CALLS}) {{ message("wide", "add") }}
print(json_encode({{us: (now() - begin) / {CALLS} * 1000000}}))
"""


def with_elements(count):
    pushes = min(count, CALLS)
    return f"""server log {{
  state {{ lines: [number] = [] }}
  receive fn fill(n: number) {{
    state.set("lines", range(n))
    nil
  }}
  receive fn add(n: number) {{
    state.set("lines", state.lines.push(n))
    nil
  }}
}}
for i in range(20000) {{ message("log", "add", i) }}  // warm
message("log", "fill", {count - pushes})
set begin = now()
for i in range({pushes}) {{ message("log", "add", i) }}
print(json_encode({{us: (now() - begin) / {pushes} * 1000000}}))
"""


# Title, what grows, the program for a size, the sizes.
GROWTHS = [("servers", "servers of the program, called in turn", with_servers, (10, 100, 1_000, 10_000)),
           ("ten_of_the_servers", "servers of the program, of which ten are called", lambda count: with_servers(count, 10),
            (10, 100, 1_000, 10_000)),
           ("fields", "state fields of the server", with_fields, (10, 100, 1_000)),
           ("elements", "elements of the array pushed to", with_elements, (1_000, 10_000, 100_000, 1_000_000, 10_000_000))]


def microseconds(binary, folder, text):
    program = folder / "program.rl"
    program.write_text(text)
    said = subprocess.run([binary, str(program), "-workers", "1", "-max-server-memory", str(2**31)], capture_output=True,
                          text=True, check=True)
    return json.loads(said.stdout)


def measure(binary, rounds, plots=None):
    """`plots`: the folder to draw into; None: nothing is written."""
    lines = ["## What grows", "",
             "Microseconds a call that a program makes to a server of its own node. 10,000 servers that are called in turn do not stay in "
             "the caches of the processor; ten of them do.", ""]
    if plots is not None:
        plots.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for title, what, program_of, sizes in GROWTHS:
            figures = in_turn(rounds, {size: lambda n=size: microseconds(binary, folder, program_of(n)) for size in sizes})
            points = [(size, row["us"]) for size, row in figures.items()]
            if plots is not None:
                (plots / f"{title}.svg").write_text(plot(what, "us a call", points))
            lines += [*table([what, *(f"{size:,}" for size in sizes)], [["us", *(f"{us:.2f}" for _, us in points)]]), "",
                      f"![{what}](plots/{title}.svg)", ""]
    return lines[:-1], []
