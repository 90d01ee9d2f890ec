"""`python -m bench.reading`: prints how much of what was planted is found, and how much of what is said is right.

The thresholds were chosen with CHOSEN_WITH and tried with the others. Needs no database.
"""

from bench.reading.scoring import score, watch
from bench.reading.year import Year

CHOSEN_WITH, TRIED_WITH = 1, (11, 12, 13, 14, 15)


def run() -> None:
    """Print a line a seed."""
    for seed in (CHOSEN_WITH, *TRIED_WITH):
        year = Year(seed)
        one = score(year, watch(year))
        missed = {way: count for way, count in one.missed.items() if count}
        found = f"recall {one.recall:.3f} of {one.planted}, precision {one.precision:.3f} of {one.said} alerts"
        print(f"seed {seed}: {found}, missed {missed}, wrong {one.wrong}", flush=True)


if __name__ == "__main__":
    run()
