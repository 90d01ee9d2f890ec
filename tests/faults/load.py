"""People at work while something breaks: some submit, some read, each tries again what was not acknowledged."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from queue import Empty, Queue

from django.db import connections

from backend.access.actors import Actor
from tests.factories import officer, ready, submitted, teacher
from tests.faults.asking import Account, Reading, Sending, headers_of
from tests.faults.web import Door

# Between two requests of one person: nobody is faster, and a server that is away is not asked in a loop.
PAUSE = 0.1
LONGEST_RECOVERY, LONGEST_WORK = 60, 300


@dataclass
class Load:
    """So many who submit and so many who read; what they asked is in the account."""

    web: Door
    senders: int = 2
    readers: int = 4
    referrals: int = 40
    pause: float = PAUSE
    account: Account = field(default_factory=Account)
    waiting: Queue[Sending] = field(default_factory=Queue)

    def __post_init__(self) -> None:
        headers = headers_of(teacher())
        for _ in range(self.referrals):
            self.waiting.put(Sending(teacher(), ready(), headers, self.account))
        self._read, self._reader = submitted(), officer()
        self._headers = [headers_of(self._reader) for _ in range(self.readers)]

    def reading(self, headers: dict[str, str] | None = None) -> Reading:
        """Somebody who opens a record that they may see."""
        who: Actor = self._reader
        return Reading(who, self._read.id, headers or self._headers[0], self.account)

    @contextmanager
    def running(self) -> Iterator[threading.Event]:
        """People work inside; the event ends it early."""
        over = threading.Event()
        work = [threading.Thread(target=self._send, args=(over,)) for _ in range(self.senders)]
        work += [threading.Thread(target=self._open, args=(over, headers)) for headers in self._headers]
        for thread in work:
            thread.start()
        try:
            yield over
        finally:
            over.set()
            for thread in work:
                thread.join()

    def wait_until_all_is_sent(self) -> None:
        """Until every referral is acknowledged, while the others go on reading."""
        deadline = time.monotonic() + LONGEST_WORK
        while self.account.acknowledged() < self.referrals:
            assert time.monotonic() < deadline, "what is submitted does not get through"
            time.sleep(0.05)

    def seconds_until_well(self) -> float:
        """How long it takes until a record can be opened again."""
        began = time.monotonic()
        while (answer := self.reading().of(self.web)) is None or answer.status != HTTPStatus.OK:
            assert time.monotonic() - began < LONGEST_RECOVERY, "it does not recover"
        return time.monotonic() - began

    def finish(self) -> None:
        """Send what is left: by the same keys, everything goes through in the end."""
        while not self.waiting.empty():
            sending = self.waiting.get()
            sending.to(self.web)
            assert sending.acknowledged, "the same key again is the way out"

    def _send(self, over: threading.Event) -> None:
        while not over.wait(self.pause):
            try:
                sending = self.waiting.get_nowait()
            except Empty:
                break
            sending.to(self.web)
            if not sending.acknowledged:
                self.waiting.put(sending)
        connections.close_all()

    def _open(self, over: threading.Event, headers: dict[str, str]) -> None:
        reading = self.reading(headers)
        while not over.wait(self.pause):
            reading.of(self.web)
