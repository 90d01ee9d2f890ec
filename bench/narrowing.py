"""What it costs to say who sees what: `.venv/bin/python manage.py shell -c "from bench.narrowing import run; run()"`.

Prints the processor time of building and compiling the read of the cases somebody sees, with the subqueries of
backend/access/compiled.py compiled each time and compiled once. Asks no database anything.
"""

import time

from backend.access import compiled
from backend.access.actors import Actor
from backend.agencies.roles import Role
from backend.cases import queries
from backend.core.ids import uuid7

ROUNDS = 200


def run() -> None:
    """Print both, in one run, and their ratio."""
    each_time, once = _milliseconds(forget=True), _milliseconds(forget=False)
    print(f"compiled each time {each_time:.2f} ms, once {once:.2f} ms, ratio {each_time / once:.1f}")


def _milliseconds(*, forget: bool) -> float:
    actor = Actor(uuid7(), uuid7(), Role.MANAGER, uuid7(), uuid7(), uuid7(), "a manager", "an agency")
    queries.visible_to(actor).query.sql_with_params()
    began = time.process_time()
    for _ in range(ROUNDS):
        if forget:
            compiled.forget()
        queries.visible_to(actor).query.sql_with_params()
    return (time.process_time() - began) / ROUNDS * 1000
