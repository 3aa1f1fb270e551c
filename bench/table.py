"""Markdown tables and medians."""
import statistics
import sys


def table(columns, rows):
    """Lines of a table; the first column is text, the others are numbers or text that is ready."""
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    return lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]


def medians(samples):
    """The median of each key over dictionaries of the same keys."""
    return {key: statistics.median(sample[key] for sample in samples) for key in samples[0]}


class Failed(Exception):
    """A measurement that did not come about, such as a load generator that met errors."""


def twice(measure, name):
    """What is measured, or None where it fails a second time too."""
    for attempt in ("first", "second"):
        try:
            return measure()
        except Failed as reason:
            print(f"{name}: {attempt} attempt failed: {reason}", file=sys.stderr, flush=True)
    return None


def in_turn(rounds, measurements):
    """Runs each measurement once a round, A B A B, and gives the medians of each by its name; None where one failed twice."""
    samples = {name: [] for name in measurements}
    for _ in range(rounds):
        for name, measure in measurements.items():
            samples[name].append(twice(measure, name))
    return {name: None if None in all_of else medians(all_of) for name, all_of in samples.items()}
