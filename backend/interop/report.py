"""What was, or would be, done with a feed, in sentences."""

from collections.abc import Iterator

from backend.interop.planning import Plan
from backend.interop.problems import Weight

_WORDS = {Weight.STOPS: "Cannot be read", Weight.LEAVES_OUT: "Left out", Weight.NOTED: "Note"}


def lines(plan: Plan) -> Iterator[str]:
    """Yield the whole report, line by line."""
    yield from (f"New: {entry.name}" for entry in plan.new)
    for service, _entry, differs in plan.changed:
        yield f"Changed: {service.name}{f' ({words(differs)})' if differs else ''}"
    yield from (f"Ended: {service.name}. {why}" for service, why in plan.gone)
    if plan.keeps_gone:
        yield plan.keeps_gone
    yield from (f"{_WORDS[problem.weight]}: {problem.where}: {problem.sentence}" for problem in plan.report.found)
    if plan.report.more:
        yield f"And {plan.report.more} more like these."
    yield summary(plan)


def words(columns: list[str]) -> str:
    """Return the names of columns as people read them."""
    return ", ".join(name.removeprefix("is_").replace("_", " ") for name in columns)


def summary(plan: Plan) -> str:
    """Return the counts in one sentence."""
    counts = [
        (len(plan.new), "new"),
        (len(plan.changed), "changed"),
        (plan.same, "the same as before"),
        (len(plan.gone), "ended"),
        (plan.left_out, "left out"),
    ]
    return f"{', '.join(f'{count} {what}' for count, what in counts)}."
