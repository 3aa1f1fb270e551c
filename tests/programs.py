"""What the runners of tests/script and tests/check share: a folder of programs, each judged by itself, some at once."""
import argparse
import concurrent.futures
import pathlib

SECONDS = 60  # that one program may take


def judge_all(folder, judge, description):
    """Reads the command line of a runner (RELAY [-j N] [NAME...]) and judges each program of the folder: `judge(relay, path)` gives what
    is wrong, or None. Prints a line for each failure and a closing `N passed, M failed`; gives the exit status: 1 if any failed or
    there was none."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("relay")
    parser.add_argument("-j", type=int, default=2, metavar="N", help="programs at once")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    relay = str(pathlib.Path(options.relay).resolve())
    programs = [path for path in sorted(folder.rglob("*.rl"))
                if not options.names or any(name in str(path.relative_to(folder)) for name in options.names)]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(options.j) as pool:
        for path, why in zip(programs, pool.map(lambda path: judge(relay, path), programs)):
            if why:
                failed += 1
                print(f"{path.relative_to(folder)}: {why}", flush=True)
    print(f"{len(programs) - failed} passed, {failed} failed")
    return 1 if failed or not programs else 0
