"""What people said through HTTP: who may do what, each edge allowed and denied, and what an analyst never gets."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.voices.models import Saying
from tests import golden
from tests.actors import Browser, actor, browser_of
from tests.edges import good_input
from tests.factories import every_role_in
from tests.routes import SOMETHING, routes
from tests.voices.made import KEEPER, OTHER, SAID, WORDS, reader, released, said, take, writer

pytestmark = pytest.mark.django_db

REVIEWED = Path(__file__).with_name("routes.csv")
LONG_AGO = 2**31 - 1


def _body(name: str, method: str) -> Any:
    if method == "GET":
        return None
    if name == "sayings":
        return SAID
    return {**good_input("saying", name.removeprefix("saying-").replace("-", "_")), "version": LONG_AGO}


def _post(who: Any, saying: Saying, edge: str, **given: Any) -> Any:
    browser = browser_of(who)
    version = browser.get(f"voices/{saying.id}/").json().get("version", 0)
    body = {**good_input("saying", edge, **given), "version": version}
    return browser.post(f"voices/{saying.id}/{edge.replace('_', '-')}/", body)


def _ids(browser: Browser, view: str) -> set[str]:
    answer = browser.get(f"voices/?view={view}")
    assert answer.status_code == 200, answer.content
    return {row["id"] for row in answer.json()["results"]}


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_every_route_method_and_role_answers_as_reviewed() -> None:
    """Allowed ends at 201 or, because the version is too old, at 409; of another agency it is not there: 404."""
    one = said()
    roles = [role for role in Role if role is not Role.SYSTEM]
    lines = ["route,method,agency," + ",".join(roles)]
    people = {slug: every_role_in(slug) for slug in (KEEPER, OTHER)}
    for route in (route for route in routes() if route.path.startswith("/api/v1/voices/")):
        path = route.path.replace(str(SOMETHING), str(one.id))
        name = route.name.removeprefix("api:")
        for method, slug in product(route.methods, people):
            found = {}
            for role in roles:
                with transaction.atomic():
                    browser = browser_of(people[slug][role])
                    found[role] = browser.send(method, path, _body(name, method), key="one-key-for-it").status_code
                    transaction.set_rollback(True)
            place = "wrote it down" if slug == KEEPER else "another"
            lines.append(",".join([name, method, place, *(str(found[role]) for role in roles)]))
    golden.compare(REVIEWED, "\n".join([*lines, ""]))


def test_it_is_written_down_read_by_another_and_released_shorter() -> None:
    answer = browser_of(writer()).post("voices/", SAID)
    assert answer.status_code == 201, answer.content
    shown = answer.json()
    assert (shown["words"], shown["state"], shown["agency"]) == (WORDS, "recorded", "Kite Street Youth Project")
    assert [option["name"] for option in shown["options"]] == ["correct", "take_back"]
    manager = browser_of(reader())
    assert shown["id"] in _ids(manager, "to-read")
    options = {option["name"]: option for option in manager.get(f"voices/{shown['id']}/").json()["options"]}
    assert list(options) == ["release", "keep_back", "take_back"]
    assert options["release"]["input"][0]["value"] == WORDS, "the form begins with the words as they are"
    body = {"version": shown["version"], "released_words": "The bus stop is dark."}
    told = manager.post(f"voices/{shown['id']}/release/", body).json()
    assert (told["words"], told["released_words"], told["state"]) == (WORDS, "The bus stop is dark.", "released")
    assert shown["id"] not in _ids(manager, "to-read")
    assert shown["id"] in _ids(manager, "released")


def test_nobody_releases_what_they_wrote_down_themselves() -> None:
    mine = said(reader())
    answer = _post(reader(), mine, "release", released_words=WORDS)
    assert answer.status_code == 409
    assert "Another manager of your organisation" in answer.json()["reasons"][0]
    assert _post(reader(), said(), "release", released_words=WORDS).status_code == 200


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"agreement": "counted"}, "has not agreed that the words are used"),
        ({"agreement": "not_asked"}, "has not agreed that the words are used"),
        ({"words": ""}, "There are no words to read"),
    ],
)
def test_words_that_were_not_agreed_to_are_never_released(given: dict[str, Any], reason: str) -> None:
    one = said(**given)
    answer = _post(reader(), one, "release", released_words=WORDS)
    assert answer.status_code == 409
    assert reason in answer.json()["reasons"][0]
    assert str(one.id) not in _ids(browser_of(reader()), "to-read")


def test_what_was_released_can_be_sent_back_corrected_and_taken_back_and_its_words_are_gone_each_time() -> None:
    one = released()
    assert _post(reader(), one, "keep_back", reason="It names a street.").json()["released_words"] == ""
    corrected = _post(writer(), one, "correct", **{**SAID, "words": "It is dark there."}).json()
    assert (corrected["state"], corrected["words"], corrected["state_reason"]) == ("recorded", "It is dark there.", "")
    take("release", one, released_words="It is dark there.")
    again = _post(writer(), one, "correct", **SAID).json()
    assert (again["state"], again["released_words"]) == ("recorded", ""), "a correction is read again"
    take("release", one, released_words=WORDS)
    gone = _post(writer(), one, "take_back", reason="She asked us.", still_counted=True).json()
    assert (gone["state"], gone["released_words"], gone["is_counted"]) == ("taken_back", "", True)
    back = _post(reader(), one, "bring_back", reason="It was another one.").json()
    assert (back["state"], back["released_words"], back["is_counted"]) == ("recorded", "", True)
    assert _post(reader(), one, "take_back", reason="By mistake.", still_counted=False).json()["is_counted"] is False


def test_a_colleague_reads_it_and_changes_nothing() -> None:
    one, colleague = said(reader()), writer()
    shown = browser_of(colleague).get(f"voices/{one.id}/").json()
    assert (shown["words"], shown["options"]) == (WORDS, [])
    for edge in ("correct", "take_back", "release", "keep_back", "bring_back"):
        assert _post(colleague, one, edge).status_code == 403, edge


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"words": "Ring 0121 496 0223."}, "words"),
        ({"words": "x" * 1001}, "words"),
        ({"month": "2030-01"}, "month"),
        ({"month": "2026-13"}, "month"),
        ({"themes": []}, "themes"),
        ({"asked_by": ""}, "asked_by"),
        ({"asked_on": None}, "asked_on"),
        ({"asked_on": "2040-01-01"}, "asked_on"),
        ({"speaker": "nobody"}, "speaker"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_question(given: dict[str, Any], field: str) -> None:
    answer = browser_of(writer()).post("voices/", {**SAID, **given})
    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == [field]


def test_words_of_another_agency_are_not_there_and_the_answer_is_the_same_bytes() -> None:
    one = said(writer(OTHER))
    browser = browser_of(reader())
    assert browser.get(f"voices/{one.id}/").content == browser.get(f"voices/{SOMETHING}/").content
    assert _ids(browser, "standing") == set()
    with acting(actor("community-safety", Role.PARTNERSHIP_ANALYST)):
        assert not Saying.objects.exists()
        assert not Saying.history.exists()


def test_the_database_lets_only_a_manager_of_the_agency_release_and_never_who_wrote_it() -> None:
    one = said()
    release = """UPDATE voices_saying SET state = 'released', released_words = words, released_at = now(),
                 released_by_id = %s WHERE id = %s"""
    for who, names in ((writer(), writer()), (reader(), writer()), (writer(), reader())):
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic(), acting(who):
            _execute(release, names.user_id, one.id)
    for statement in ("UPDATE voices_saying SET recorded_by_id = gen_random_uuid()", "DELETE FROM voices_saying"):
        with pytest.raises(DatabaseError), transaction.atomic(), acting(reader()):
            _execute(statement)
    with acting(reader()):
        _execute(release, reader().user_id, one.id)


def _execute(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
