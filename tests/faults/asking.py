"""What drills ask of the product, and the account of it: who was told what, to be held against the database."""

import time
from collections import Counter
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.conf import settings

from backend.access.actors import Actor
from backend.referrals.models import Referral
from tests.actors import membership_of, signed_in
from tests.faults.invariants import Asked
from tests.faults.web import Answer, Door

TOKEN = "a" * 32


def headers_of(who: Actor) -> dict[str, str]:
    """What a browser sends that is signed in as this person."""
    session = signed_in(membership_of(who)).session_key
    cookies = {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: TOKEN}
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), "X-CSRFToken": TOKEN}


@dataclass
class Account:
    """All that was asked in a drill, in the order of the answers."""

    asked: list[Asked] = field(default_factory=list)
    answers: list[tuple[str, Answer | None]] = field(default_factory=list)
    # Of each acknowledged write, when it was asked for and when it was acknowledged, by the clock that never jumps.
    done: list[tuple[float, float]] = field(default_factory=list)

    def note(self, one: Asked, answer: Answer | None) -> None:
        """Write down what was asked, and what came back."""
        self.asked.append(one)
        self.answers.append((one.verb, answer))
        if one.key and one.answered and answer:
            self.done.append(((now := time.monotonic()) - answer.seconds, now))

    def statuses(self, verb: str = "") -> Counter[int]:
        """How often each status was answered, to one kind of request or to all; 0 where the connection was cut."""
        return Counter(answer.status if answer else 0 for asked, answer in self.answers if verb in ("", asked))

    def acknowledged(self) -> int:
        """How many writes their senders know to be done."""
        return len({one.key for one in list(self.asked) if one.key and one.answered})

    def unexplained(self) -> list[Answer]:
        """The answers that turn somebody away and do not say when to come again."""
        away = [answer for _verb, answer in self.answers if answer and answer.status in (429, 503)]
        return [answer for answer in away if not answer.headers.get("retry-after") or not answer.json()["reasons"]]

    def slowest(self) -> float:
        """The longest that anybody waited for an answer."""
        return max((answer.seconds for _verb, answer in self.answers if answer), default=0.0)


@dataclass
class Sending:
    """One submit as its sender knows it: under one key for every try."""

    who: Actor
    referral: Referral
    headers: dict[str, str]
    account: Account
    key: str = field(default_factory=lambda: str(uuid4()))
    acknowledged: bool = False

    def to(self, web: Door) -> Answer | None:
        """Send it; None when the connection was cut before an answer came."""
        path = f"/api/v1/referrals/{self.referral.id}/submit/"
        headers = {**self.headers, "Idempotency-Key": self.key}
        answer = web.ask("POST", path, headers, {"version": self.referral.version})
        told = answer is not None and answer.status == HTTPStatus.OK
        self.acknowledged = self.acknowledged or told
        self.account.note(
            Asked(str(self.who.user_id), str(self.referral.id), "referral.submit", self.key, told), answer
        )
        return answer


@dataclass
class Reading:
    """One record that somebody opens again and again."""

    who: Actor
    root: Any
    headers: dict[str, str]
    account: Account

    def of(self, web: Door) -> Answer | None:
        """Open it once more."""
        answer = web.ask("GET", f"/api/v1/referrals/{self.root}/", self.headers)
        told = answer is not None and answer.status == HTTPStatus.OK
        self.account.note(Asked(str(self.who.user_id), str(self.root), "referral.read", answered=told), answer)
        return answer
