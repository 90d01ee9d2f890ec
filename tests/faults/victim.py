"""A server that dies where it is told to: one process a request, killed with SIGKILL between two writes of it.

Run as a program of its own, which has one thread and can fork: it loads the product once, and each request is answered
by a child of it that has a connection of its own and ends as a server ends that is killed, saying goodbye to nobody.
"""

import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from typing import Any

import django

BEFORE_COMMIT, BEFORE_ANSWER, NEVER = "before commit", "before answer", "never"
# What keeps the transaction itself together.
_ITS_OWN = ("SAVEPOINT", "RELEASE", "ROLLBACK")
# By this the transaction of the command is known: signing in and the access log have others.
_KEY = "workflow_idempotencykey"


def writes(sql: str) -> bool:
    """Plain reading leaves nothing to take back, nor does saying who asks; a function of ours may write."""
    statement = sql.lstrip().upper()
    if statement.startswith(_ITS_OWN) or "SET_CONFIG" in statement:
        return False
    return not statement.startswith("SELECT") or "APP." in statement


class _Watch:
    """Counts the writes of a command, and ends the process at the one it is told, or when all is done but said."""

    def __init__(self, at: int | str) -> None:
        self.at, self.done, self.is_command = at, 0, False

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        answer = execute(sql, params, many, context)
        self.is_command = self.is_command or _KEY in str(sql)
        if self.is_command and writes(str(sql)):
            self.done += 1
            if self.done == self.at:
                die()
        return answer

    def commit(self, really: Callable[[], None]) -> Callable[[], None]:
        """Return what stands in the place of the commit."""

        def commit() -> None:
            if self.at == BEFORE_COMMIT and self.is_command:
                die()
            really()
            self.is_command = False

        return commit


def die() -> None:
    """As a machine dies: nothing is rolled back, closed or said."""
    os.kill(os.getpid(), signal.SIGKILL)


def _answer(client: Any, asked: Mapping[str, Any]) -> dict[str, Any]:
    from django.db import connection  # noqa: PLC0415 - once the product is loaded

    watch = _Watch(asked["at"])
    client.cookies.load(asked["cookies"])
    headers = {"Idempotency-Key": asked["key"]}
    connection.ensure_connection()
    connection.commit = watch.commit(connection.commit)  # type: ignore[method-assign] # watched, as the database sees it
    with connection.execute_wrapper(watch):
        answer = client.post(asked["path"], asked["body"], content_type="application/json", headers=headers)
    if asked["at"] == BEFORE_ANSWER:
        die()
    return {
        "status": answer.status_code,
        "replayed": answer.headers.get("idempotency-replayed") == "true",
        "said": answer.content.decode()[:300],
    }


def _load() -> Any:
    """Load what a first request loads, so that no child has to: but none of them gets a connection of ours."""
    from django.db import connections  # noqa: PLC0415 - once the product is loaded
    from django.test import Client  # noqa: PLC0415 - the same

    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    client.get("/api/v1/health/live")
    connections.close_all()
    return client


def main() -> None:
    """Answer each line of what is asked with a line: what came back, or nothing, because nobody was left to say it."""
    django.setup()
    client = _load()
    for line in sys.stdin:
        hears, says = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(hears)
            os.write(says, json.dumps(_answer(client, json.loads(line))).encode())
            os._exit(0)
        os.close(says)
        with os.fdopen(hears, "rb") as said:
            answer = said.read().decode()
        _pid, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        sys.stdout.write(json.dumps({"killed": killed, **json.loads(answer or "{}")}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
