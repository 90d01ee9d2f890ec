"""A letter is filled from a template, put into one's own words, kept as a document, and a share where it leaves."""

from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest

from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.audit.models import AccessLog, Event
from backend.documents import storing
from backend.documents.models import Document
from backend.referrals.models import Referral
from backend.sharing.models import Disclosure
from tests.actors import actor, browser_of, membership_of
from tests.api.counting import said, statements
from tests.cases.conftest import World
from tests.documents.conftest import checked
from tests.factories import agency_id, every_role_in, manager, officer, referral_in
from tests.letters.conftest import MOTHER, family_case, page, to, written

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

BASIS = {"article6": "public_task", "condition": "safeguarding_children", "power": "children_act_2004_s10"}


def _filled(case: Any, template: str, recipient: str) -> Any:
    body = {"template": template, "recipient": recipient}
    return browser_of(manager()).post(f"cases/{case.id}/letters/fill/", body)


def _content(case: Any) -> bytes:
    return storing.read(Document.objects.using("owner").get(root_id=case.id).storage_name)


def test_a_template_reads_as_a_letter_to_this_person_about_this_child() -> None:
    case = family_case()
    answer = _filled(case, "acknowledgement", to(page(case), MOTHER)).json()
    assert answer["text"].startswith(f"Dear {MOTHER},")
    assert case.reference in answer["text"]
    assert "[the lead practitioner]" in answer["text"], "nobody has the case yet"
    assert answer["warnings"] == []
    assert not Document.objects.using("owner").exists()


def test_a_letter_that_was_kept_is_a_document_that_everybody_can_read_out() -> None:
    case = family_case()
    answer = written(case, way="letter", text="Dear Ngozi,\n\n#panic(1) *Friday* at ten?")
    assert answer.status_code == 201, answer.content
    assert (answer.json()["title"], answer.json()["kind_label"], answer.json()["can_be_read"]) == (
        "A first meeting",
        "Letter",
        False,
    )
    with acting(manager()):
        content = _content(case)
    with pikepdf.open(BytesIO(content)) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.docinfo.Title) == "A first meeting"
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()
    text = pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range()
    for words in ("A first meeting", "#panic(1) *Friday* at ten?", "14 Lantern Row", MOTHER, case.reference):
        assert words in text
    assert not Disclosure.objects.using("owner").filter(what__startswith="A letter").exists()
    assert Event.objects.using("owner").filter(root_id=case.id, verb="case.write_letter").count() == 1
    assert AccessLog.objects.using("owner").filter(label="case.write_letter").count() == 1
    assert checked() == 1
    got = browser_of(manager()).get(f"documents/{answer.json()['id']}/content/")
    assert got.content == content


def test_what_is_handed_over_in_person_bears_no_address() -> None:
    case = family_case()
    assert written(case).status_code == 201
    text = pypdfium2.PdfDocument(_content(case))[0].get_textpage().get_text_range()
    assert "14 Lantern Row" not in text


@pytest.mark.parametrize("rule", ["do_not_contact", "via_school", "text_only", ""])
def test_nothing_is_posted_where_somebody_else_may_open_it(rule: str) -> None:
    case = family_case(rule)
    warnings = _filled(case, "first_meeting", to(page(case), MOTHER)).json()["warnings"]
    assert any("in person" in sentence for sentence in warnings)
    refused = written(case, way="letter")
    assert refused.status_code == 400
    assert "way" in refused.json()["fields"]
    assert written(case).status_code == 201, "in person it may be"


def test_a_protected_address_is_on_no_letter() -> None:
    case = family_case(address_protected=True)
    refused = written(case, way="letter")
    assert refused.status_code == 400
    assert "no address" in " ".join(refused.json()["fields"]["way"])
    assert "Lantern Row" not in str(page(case)) + str(_filled(case, "first_meeting", to(page(case), MOTHER)).json())


def test_a_letter_to_another_agency_is_a_share_with_its_basis() -> None:
    case = family_case()
    other = f"agency:{agency_id('youth-justice')}"
    asked = written(case, template="agency_update", recipient=other)
    assert asked.status_code == 400
    assert set(asked.json()["fields"]) == {"article6", "condition", "power"}
    wrong = written(case, template="agency_update", recipient=other, **{**BASIS, "power": "data_protection_2018"})
    assert wrong.status_code == 400
    done = written(case, template="agency_update", recipient=other, **BASIS)
    assert done.status_code == 201, done.content
    share = Disclosure.objects.using("owner").get(what="A letter: A first meeting")
    assert (share.root_id, str(share.to_agency_id), share.article6) == (
        case.id,
        str(agency_id("youth-justice")),
        "public_task",
    )


def test_a_letter_to_somebody_without_an_account_names_them_in_the_ledger() -> None:
    case = family_case()
    unnamed = written(case, template="agency_update", recipient="other", **BASIS)
    assert set(unnamed.json()["fields"]) == {"other_name"}
    consent = {**BASIS, "article6": "consent", "condition": "explicit_consent", "other_name": "Ms Dale, chess club"}
    assert written(case, template="agency_update", recipient="other", **consent).status_code == 201
    share = Disclosure.objects.using("owner").get(to_outside="Ms Dale, chess club")
    assert share.expires_on is not None


def test_what_does_not_fit_is_said_at_its_field() -> None:
    case = family_case()
    found = page(case)
    agency = f"agency:{agency_id('youth-justice')}"
    for more, field in (
        ({"text": "Dear Ngozi, on [the day of what happens next]?"}, "text"),
        ({"template": "nonsense"}, "template"),
        ({"recipient": "person:0198a000-0000-7000-8000-000000000001"}, "recipient"),
        ({"recipient": agency, **BASIS}, "recipient"),
        ({"way": "pigeon"}, "way"),
        ({"title": ""}, "title"),
    ):
        answer = written(case, **more)
        assert (answer.status_code, list(answer.json()["fields"])) == (400, [field]), answer.content
    assert written(case, version=found["version"] - 1).status_code == 409
    assert not Document.objects.using("owner").exists()


def test_nobody_else_writes_one_or_learns_who_is_in_the_family() -> None:
    case, other = family_case(), referral_in(Referral.ACCEPTED)
    stranger = actor("brightwater", Role.MANAGER)
    for who, expected in ((stranger, 404), (officer(), (403, 404))):
        browser = browser_of(who)
        for answer in (
            browser.get(f"cases/{case.id}/letters/"),
            browser.post(f"cases/{case.id}/letters/fill/", {"template": "closing", "recipient": "child"}),
            written(case, who),
        ):
            assert answer.status_code in (expected if isinstance(expected, tuple) else (expected,))
            assert MOTHER not in answer.content.decode()
    theirs = to(page(case), MOTHER)
    assert _filled(type(case)(id=other.case_id), "closing", theirs).status_code == 400


def test_a_colleague_who_reads_the_case_is_offered_no_letter_and_told_nobody_of_the_family() -> None:
    """The page of documents leads to a letter whom this answer offers one."""
    world = World()
    team = membership_of(world.worker).team
    case, unit = world.allocated(), every_role_in("city-early-help", team=team.name if team else "")
    answer = browser_of(unit[Role.PRACTITIONER]).get(f"cases/{case.id}/letters/")
    assert (answer.status_code, answer.json()["options"]) == (200, [])
    offered = browser_of(world.worker).get(f"cases/{case.id}/letters/").json()["options"]
    assert [one["name"] for one in offered] == ["begin_letter", "write_letter"]


def test_a_letter_is_kept_once_for_one_key_and_costs_what_an_edge_may() -> None:
    case = family_case()
    found, browser = page(case), browser_of(manager())
    body = {
        "version": found["version"],
        "template": "closing",
        "recipient": "child",
        "title": "Goodbye",
        "text": "Dear Amara, goodbye.",
        "way": "in_person",
    }
    cost = statements(lambda: browser.post(f"cases/{case.id}/letters/", body, key="one-key-for-it"))
    assert len(cost) <= 25, said(cost)
    again = browser.post(f"cases/{case.id}/letters/", body, key="one-key-for-it")
    assert again.status_code == 201
    assert Document.objects.using("owner").count() == 1
    reads = statements(lambda: browser.get(f"cases/{case.id}/letters/"))
    assert len(reads) <= 15, said(reads)
