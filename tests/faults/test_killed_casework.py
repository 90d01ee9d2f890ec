"""The server killed between two writes of casework: all or nothing is there, and the same request does it once."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db.models import Model

from backend.access.actors import Actor
from backend.cases.models import Case, Transfer
from backend.interventions.models import Intervention, Session
from backend.operations.surroundings import ROOT, urls_of
from tests import databases
from tests.actors import membership_of, signed_in
from tests.cases.conftest import World
from tests.cases.working import assessing, given_for
from tests.edges import good_input
from tests.faults.invariants import Asked, violations
from tests.faults.owner import Contents, contents, read, wait_until_nobody_is_connected
from tests.faults.telling import everybody_is_told
from tests.faults.victim import BEFORE_ANSWER, BEFORE_COMMIT, NEVER
from tests.interventions import made

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "owner"]), pytest.mark.timeout(600)]

# One early, one when everything is written, and one when all is done but nobody has heard of it.
FEW = (2, BEFORE_COMMIT, BEFORE_ANSWER)


@dataclass(frozen=True)
class Command:
    """One request of casework by who may make it, under one key for every try."""

    verb: str
    who: Actor
    record: Model
    path: str
    given: Mapping[str, Any]
    key: str = field(default_factory=lambda: str(uuid4()))

    def body(self) -> dict[str, Any]:
        """What the page sends, the same each time: with the version that its reader has before them."""
        noun, _dot, edge = self.verb.partition(".")
        return {**good_input(noun, edge, **self.given), "version": getattr(self.record, "version", 0)}


def _allocating(world: World) -> Command:
    case = Case.objects.using("owner").get(pk=world.opened(led_by="city-early-help").id)
    given = {"lead_practitioner_id": str(world.worker.user_id)}
    return Command("case.allocate", world.manager, case, f"cases/{case.id}/allocate/", given)


def _taking_the_lead(world: World) -> Command:
    transfer = Transfer.objects.using("owner").get(pk=world.proposed().pk)
    return Command("transfer.accept", world.youth_justice_manager, transfer, f"transfers/{transfer.id}/accept/", {})


def _recording_a_session(world: World) -> Command:
    target = made.intervention_in(Intervention.STARTED, world.allocated(), world.worker)
    session = Session.objects.using("owner").get(pk=made.ahead(target, made.mentor()).pk)
    return Command("session.record", made.mentor(), session, f"sessions/{session.id}/record/", made.just_now())


def _finishing_a_service(world: World) -> Command:
    """One with a session ahead, which is called off by the same act."""
    target = made.intervention_in(Intervention.STARTED, world.allocated(), world.worker)
    made.ahead(target, made.mentor())
    target = Intervention.objects.using("owner").get(pk=target.pk)
    return Command("intervention.complete", made.mentor(), target, f"interventions/{target.id}/complete/", {})


def _closing(world: World) -> Command:
    case = Case.objects.using("owner").get(pk=assessing(world).pk)
    given = {**given_for("close"), "goes_on": "Her school keeps an eye on her."}
    return Command("case.close", world.worker, case, f"cases/{case.id}/close/", given)


CASEWORK: tuple[Callable[[World], Command], ...] = (
    _allocating,
    _taking_the_lead,
    _recording_a_session,
    _finishing_a_service,
    _closing,
)


class Server:
    """The program that answers and dies, on this test's database by the restricted login."""

    def __init__(self) -> None:
        urls = urls_of(databases.server(), database=databases.own_name())
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "backend.config.settings",
            "DATABASE_URL": urls["DATABASE_URL"],
            "WORKER_DATABASE_URL": "",
            "OWNER_DATABASE_URL": "",
        }
        command = [sys.executable, "-m", "tests.faults.victim"]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True)

    def ask(self, command: Command, *, at: int | str = NEVER) -> dict[str, Any]:
        """Send it once; it dies at a write, or when it is told to."""
        session = signed_in(membership_of(command.who)).session_key
        asked = {
            "path": f"/api/v1/{command.path}",
            "body": command.body(),
            "key": command.key,
            "cookies": f"{settings.SESSION_COOKIE_NAME}={session}",
            "at": at,
        }
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(asked, default=str) + "\n")
        self.process.stdin.flush()
        said: dict[str, Any] = json.loads(self.process.stdout.readline())
        wait_until_nobody_is_connected()
        return said

    def end(self) -> None:
        """It ends when nothing more is asked."""
        self.process.communicate(timeout=30)


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that is there for one test."""
    started = Server()
    yield started
    started.end()


def _times_done(command: Command) -> int:
    done = "SELECT count(*) FROM audit_event WHERE verb = %(verb)s AND version = %(version)s AND root_id = %(root)s"
    version, root = getattr(command.record, "version", 0) + 1, getattr(command.record, "root_id", command.record.pk)
    return int(read(done, verb=command.verb, version=version, root=root)[0][0])


def _dies_and_is_asked_again(server: Server, command: Command, at: int | str, before: Contents) -> bool:
    """Kill it there; say whether there was such a moment."""
    said = server.ask(command, at=at)
    if not said["killed"]:
        assert said["status"] == HTTPStatus.OK, (command.verb, said)
        return False
    if at == BEFORE_ANSWER:
        after = contents()
        assert after != before, "what was committed is there, though nobody was told"
        again = server.ask(command)
        assert (again["status"], again["replayed"]) == (HTTPStatus.OK, True), (command.verb, again)
        assert contents() == after, "the answer is given again, and nothing is done again"
    else:
        assert contents() == before, f"{command.verb} killed at write {at}: nothing of it is there"
    return True


def _asked(command: Command) -> Asked:
    """The command as its sender knows it: it was answered in the end."""
    root = str(getattr(command.record, "root_id", command.record.pk))
    return Asked(str(command.who.user_id), root, command.verb, command.key)


def _broken(asked: list[Asked]) -> dict[str, list[tuple[Any, ...]]]:
    """What is broken; but the world's referrals are put where they are without the edge, so nobody was told of them."""
    found = violations(asked)
    rest = [row for row in found.pop("I4", []) if row[:2] != ("untold", "referral.submit")]
    return found | ({"I4": rest} if rest else {})


def test_a_server_killed_at_a_write_of_casework_leaves_all_or_nothing_and_the_same_request_does_it_once(
    server: Server,
) -> None:
    world, asked = World(), list[Asked]()
    for begins in CASEWORK:
        command = begins(world)
        before = contents()
        for at in FEW:
            assert _dies_and_is_asked_again(server, command, at, before), f"{command.verb} has no such moment: {at}"
        assert _times_done(command) == 1, command.verb
        asked.append(_asked(command))
    everybody_is_told()
    assert _broken(asked) == {}


@pytest.mark.faults
@pytest.mark.parametrize("begins", CASEWORK)
def test_whichever_write_of_casework_it_is_killed_at_nothing_is_left_and_it_is_done_once(
    server: Server, begins: Callable[[World], Command]
) -> None:
    command = begins(World())
    before = contents()
    writes = next(at for at in count(1) if not _dies_and_is_asked_again(server, command, at, before))
    assert writes > len(FEW), "it was killed at every write there is, and what it survived has done it"
    assert _times_done(command) == 1, command.verb
    assert server.ask(command)["replayed"]
    everybody_is_told()
    assert _broken([_asked(command)]) == {}
    print(f"{command.verb}: killed at each of {writes - 1} writes")  # noqa: T201 - the measure of the drill
