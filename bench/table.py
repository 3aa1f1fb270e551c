"""Markdown tables and medians."""
import statistics


def table(columns, rows):
    """Lines of a table; the first column is text, the others are numbers or text that is ready."""
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    return lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]


def medians(samples):
    """The median of each key over dictionaries of the same keys."""
    return {key: statistics.median(sample[key] for sample in samples) for key in samples[0]}


def in_turn(rounds, measurements):
    """Runs each measurement once a round, A B A B, and gives the medians of each by its name."""
    samples = {name: [] for name in measurements}
    for _ in range(rounds):
        for name, measure in measurements.items():
            samples[name].append(measure())
    return {name: medians(all_of) for name, all_of in samples.items()}
