"""Who gets a place, who waits, and who is told to come again: whoever writes comes first."""

import threading
import time
from collections.abc import Callable

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from backend.operations.places import Admission, Places

LONG = 30.0
# So soon that nobody waits for it, and so late that it was waited for.
SOON = 0.05


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.005)


def full(number: int = 4) -> Places:
    places = Places(number)
    while places.take(is_read=False, seconds=0):
        pass
    return places


def waiting(places: Places, *, is_read: bool, got: list[str]) -> threading.Thread:
    """Somebody who waits; what they get is written down."""

    def wait() -> None:
        if places.take(is_read=is_read, seconds=LONG):
            got.append("read" if is_read else "write")

    thread = threading.Thread(target=wait)
    before = places._reads_wait + places._writes_wait
    thread.start()
    until(lambda: places._reads_wait + places._writes_wait > before)
    return thread


def test_there_are_as_many_places_as_were_said_and_one_in_four_is_for_writing_only() -> None:
    places = Places(4)
    assert [places.take(is_read=True, seconds=0) for _ in range(4)] == [True, True, True, False]
    assert places.take(is_read=False, seconds=0)
    assert not places.take(is_read=False, seconds=0)


def test_who_waits_to_write_goes_before_who_waited_longer_to_read() -> None:
    places, got = full(), list[str]()
    reader = waiting(places, is_read=True, got=got)
    writer = waiting(places, is_read=False, got=got)
    assert places.leave(is_read=False)
    writer.join()
    assert got == ["write"]
    places.leave(is_read=False)
    reader.join()
    assert got == ["write", "read"]


def test_so_many_wait_and_the_next_is_told_at_once_but_whoever_writes_still_may() -> None:
    places, got = full(2), list[str]()
    readers = [waiting(places, is_read=True, got=got) for _ in range(2)]
    began = time.monotonic()
    assert not places.take(is_read=True, seconds=LONG)
    assert time.monotonic() - began < LONG / 2
    writer = waiting(places, is_read=False, got=got)
    for _ in range(4):
        until(lambda: places._reads + places._writes > 0)
        places.leave(is_read=places._writes == 0)
    for thread in (writer, *readers):
        thread.join()
    assert sorted(got) == ["read", "read", "write"]


def test_who_has_waited_long_enough_is_told_and_waits_no_more() -> None:
    places = full()
    assert not places.take(is_read=False, seconds=SOON)
    assert not places.leave(is_read=False)
    assert places.take(is_read=False, seconds=0)


def test_who_finds_no_place_is_told_in_a_sentence_when_to_come_again_and_health_needs_none(settings: object) -> None:
    settings.WEB_PLACES, settings.REQUEST_SECONDS = 1, SOON  # type: ignore[attr-defined] # pytest-django's own
    inside, leave = threading.Event(), threading.Event()

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            inside.set()
            assert leave.wait(LONG)
        return HttpResponse("done")

    admission, made = Admission(answer), RequestFactory()
    work = threading.Thread(target=admission, args=(made.post("/api/v1/referrals/"),))
    work.start()
    assert inside.wait(LONG)
    refused = admission(made.get("/api/v1/referrals/"))
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "2")
    assert b"try again in a moment" in refused.content
    assert admission(made.get("/api/v1/health/live")).content == b"done"
    leave.set()
    work.join()
    assert admission(made.get("/api/v1/referrals/")).status_code == 200


def test_a_process_that_was_not_told_how_many_lets_everybody_in() -> None:
    with pytest.raises(MiddlewareNotUsed):
        Admission(lambda _request: HttpResponse())
