"""What people were told in the world: in words that carry no child, with a link that opens for whoever gets it."""

from typing import Any

import orjson
import pytest
from django.db import connections

from backend.agencies.models import Membership
from backend.notifications import texts
from backend.notifications.audience import AgencyRoles, from_data, recipients
from tests.actors import browser_of
from tests.world import FAMILY, World

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

# What the world's story tells at the least: fewer, and this would prove little.
AT_LEAST = 20
# Told to whoever was to act then; the world has gone on, and the record is theirs no more.
OVER = {"case_opened": "who opened it has passed the lead on, and sees how that ended"}


def _told() -> list[tuple[str, Any, dict[str, str], str]]:
    """The last row of each message to each kind of audience, but for children whom nobody of the cast may see."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            """WITH barred AS (SELECT child_id FROM access_conflict UNION SELECT child_id FROM access_named),
                    records AS (SELECT child_id FROM barred UNION
                                SELECT other.record_id FROM barred JOIN access_samechild one ON one.record_id = child_id
                                  JOIN access_samechild other ON other.stands_for_id = one.stands_for_id)
               SELECT DISTINCT ON (message, audience ? 'user_id') message, audience::text, fields::text, path
                 FROM notifications_outbox o
                WHERE NOT EXISTS (SELECT 1 FROM access_involvement i
                                   WHERE i.root_id = o.root_id AND i.child_id IN (SELECT child_id FROM records))
                ORDER BY message, audience ? 'user_id', created_at DESC, id DESC"""
        )
        return [
            (message, from_data(orjson.loads(audience)), orjson.loads(fields), path)
            for message, audience, fields, path in cursor.fetchall()
        ]


def _opens(audience: Any, path: str) -> bool:
    """Whether everybody who gets it can open it, in one of the roles for which they got it."""
    roles = Membership.objects.filter(ended_at=None).select_related("user", "agency", "team")
    for person in recipients(audience):
        own = roles.filter(user=person)
        if isinstance(audience, AgencyRoles):
            own = own.filter(agency_id=audience.agency_id, role__in=audience.roles) or own
        if not any(browser_of(row).get(f"{path.strip('/')}/").status_code == 200 for row in own):
            return False
    return True


def test_each_message_leads_to_a_page_that_opens_for_whoever_gets_it(world: World) -> None:
    told = _told()
    assert len({message for message, *_rest in told}) >= AT_LEAST
    shut = [f"{message}: {path}" for message, audience, _fields, path in told if not _opens(audience, path)]
    unexplained = [line for line in shut if line.partition(":")[0] not in OVER]
    assert not unexplained, "\n".join(unexplained)


def test_no_message_of_the_world_names_a_child_or_says_what_was_typed(world: World) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT given_name, family_name, known_as FROM children_child")
        names = {name for row in cursor.fetchall() for name in row if name} - {""}
        cursor.execute("SELECT message, fields::text FROM notifications_outbox")
        rows = cursor.fetchall()
    assert FAMILY["child_family_name"] in names
    for message, fields in rows:
        subject, body = texts.text(message).fill(orjson.loads(fields))
        said = set(f"{subject} {body}".replace(",", " ").replace(".", " ").split())
        assert not said & names, message
        assert "Made-up words" not in body, message


def test_every_text_of_the_product_can_be_filled_and_says_something() -> None:
    for text in texts.registered().values():
        subject, body = text.fill(dict.fromkeys(texts.SAFE_FIELDS, "something"))
        assert subject, text.code
        assert body, text.code
        assert "{" not in subject + body, text.code
