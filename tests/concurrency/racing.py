"""Real threads and real connections, all let go in the same instant."""

import threading
from collections.abc import Callable, Sequence
from contextvars import copy_context
from typing import Any

from django.db import connections

from backend.access.actors import Actor
from tests.actors import Browser, browser_of


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run every act in a thread of its own, all let go in the same instant; return what each answered."""
    answers: list[Any] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(place: int) -> None:
        try:
            start.wait()
            answers[place] = acts[place]()
        finally:
            connections.close_all()

    # Each in a copy of this context, so that a clock that is pinned here is pinned there.
    threads = [threading.Thread(target=copy_context().run, args=(run, place)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def counted(statement: str, *values: Any) -> int:
    """What a counting statement says to the owner, who sees every row."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.fetchone()[0])


def browsers_of(who: Actor, number: int) -> list[Browser]:
    """So many browsers of one person, each signed in for itself."""
    return [browser_of(who) for _ in range(number)]
