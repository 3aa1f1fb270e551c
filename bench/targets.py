"""What a section was to reach, and whether it did."""
from dataclasses import dataclass

from table import table


@dataclass
class Target:
    name: str
    measured: str
    bound: str
    is_reached: bool


def at_least(name, value, bound, form="{:.2f}"):
    return Target(name, form.format(value), "at least " + form.format(bound), value >= bound)


def at_most(name, value, bound, form="{:.2f}"):
    return Target(name, form.format(value), "at most " + form.format(bound), value <= bound)


def report(targets):
    """The section that says which were reached."""
    rows = [[target.name, target.measured, target.bound, "yes" if target.is_reached else "**no**"] for target in targets]
    return ["## Targets", "", *table(["", "measured", "target", "reached"], rows), "",
            "Why some are not reached, and what it would take: [ADR 9](adr/0009-speed.md#what-is-not-reached)."]
