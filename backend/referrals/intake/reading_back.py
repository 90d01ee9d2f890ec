"""A referral that was sent as answers again, so that it reads in the order and words of the form it was written in."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backend.access.marks import Mark
from backend.children.identifiers import in_groups
from backend.children.models import Child
from backend.core.vocabulary import NOT_KNOWN
from backend.referrals.form.child import BIRTH_NOT_KNOWN, BORN_ON, EXPECTED
from backend.referrals.form.marking import apart, stands, together
from backend.referrals.form.parts import MARK, is_empty
from backend.referrals.form.reading import mark_words, sections_for_reading
from backend.referrals.form.sections import FIELDS
from backend.referrals.form.sharing import BOTH, CHILD, NEITHER, PARENT
from backend.referrals.intake.columns import AGREEMENT_COLUMNS, CHILD_COLUMNS, UNBORN_SEX
from backend.referrals.intake.rows import CONVERSATION, FACTORS, NOT_KNOWN_TEXT, SPOKEN, UNBORN
from backend.referrals.models import Amendment, Referral, ReferralFactor, SentAnswers, Statement
from backend.sharing.models import Agreement


@dataclass(frozen=True, slots=True)
class Sent:
    """What a referral that was sent consists of: the form as it was sent, what was amended, and the rows it became."""

    referral: Referral
    child: Child
    # Those that stand now, amended ones instead of what they replace.
    statements: Sequence[Statement]
    factors: Sequence[ReferralFactor]
    agreement: Agreement | None
    kept: Sequence[SentAnswers] = ()
    amendments: Sequence[Amendment] = ()

    @property
    def amended(self) -> frozenset[tuple[str, Mark]]:
        """Return the answers that were changed after sending, each by its field and label."""
        return frozenset((amendment.field, Mark(amendment.mark)) for amendment in self.amendments)


def answers_of(sent: Sent) -> dict[str, Any]:
    """Return the answers as they stand now.

    The rows come first: of a referral sent before answers were kept they are all there is, and they know what the
    form did not ask, such as the source of a referral by its sender's kind. Not the record of the child where answers
    were kept: whoever works on its case may have put that right since, and a referral says what its sender wrote.
    """
    rows = {
        **_of_referral(sent.referral),
        **({} if sent.kept else _of_child(sent.child)),
        **_of_statements(sent.statements),
        **_of_factors(sent.factors),
        **(_of_agreement(sent.agreement) if sent.agreement else {}),
    }
    answers = apart({name: value for name, value in rows.items() if name in FIELDS})
    for kept in sent.kept:
        answers |= {(name, Mark(kept.mark)): value for name, value in kept.answers.items()}
    for amendment in sorted(sent.amendments, key=lambda one: (one.at, one.id)):
        answers[amendment.field, Mark(amendment.mark)] = amendment.after
    given = {key: value for key, value in answers.items() if key[0] in FIELDS and not is_empty(value)}
    plain = {name: value for (name, mark), value in given.items() if mark is Mark.NONE}
    return together({key: value for key, value in given.items() if stands(*key, plain)})


def sections_of_sent(sent: Sent, agencies: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return `referral_text.sections` of a referral that was sent; `agencies` are names by id."""
    # A service reads in the words it was chosen by, whatever became of it.
    names = {**agencies, str(sent.referral.service_id): sent.referral.service_words}
    return sections_for_reading(answers_of(sent), names, amended=sent.amended)


def protected_answers(sent: Sent, marks: Collection[Mark], agencies: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the answers that bear one of these labels, as they read; nothing of what does not."""
    words = {mark_words(mark) for mark in marks}
    return [
        answer
        for section in sections_of_sent(sent, agencies)
        for answer in section["answers"]
        if answer["mark"] in words
    ]


def statement_label(kind: str) -> str:
    """Return the words for a kind of statement: the label of the answer it comes from."""
    field = FIELDS.get(kind)
    return field.heading if field else kind


def _of_referral(referral: Referral) -> dict[str, Any]:
    unborn = referral.voice_why_not == UNBORN
    return {
        "danger_now": bool(referral.danger_called),
        "danger_called": referral.danger_called,
        "danger_called_at": referral.danger_called_at.isoformat() if referral.danger_called_at else "",
        "moment_kind": referral.moment_kind,
        "moment_at": referral.moment_at.isoformat() if referral.moment_at else "",
        "child_heard": None if unborn else not referral.voice_why_not,
        "voice_why_not": "" if unborn else referral.voice_why_not,
        "level_believed": referral.level_believed,
        "source": referral.source,
        "service": str(referral.service_id or ""),
        "receiving_agency": str(referral.preferred_agency_id or ""),
    }


def _of_child(child: Child) -> dict[str, Any]:
    answers = {name: getattr(child, column) or _unknown(name) for name, column in CHILD_COLUMNS.items()}
    birth = BORN_ON if child.date_of_birth else EXPECTED if child.expected_date else BIRTH_NOT_KNOWN
    return answers | {
        "birth": birth,
        "child_date_of_birth": child.date_of_birth.isoformat() if child.date_of_birth else "",
        "child_expected_date": child.expected_date.isoformat() if child.expected_date else "",
        "child_sex": NOT_KNOWN if child.sex in ("", UNBORN_SEX) else child.sex,
        "child_postcode": child.postcode or NOT_KNOWN,
        "child_nhs_number": in_groups(child.nhs_number) if child.nhs_number else "",
    }


def _of_statements(statements: Iterable[Statement]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for said in sorted(statements, key=lambda one: one.position):
        if said.text == NOT_KNOWN_TEXT and not said.basis:
            answers[said.kind] = NOT_KNOWN
        elif said.kind in CONVERSATION:
            item = {"text": said.text, "basis": said.basis, "told_by": said.told_by, "currency": said.currency}
            item |= {MARK: said.mark} if said.mark else {}
            answers[said.kind] = [*_items(answers.get(said.kind)), item]
        elif said.kind in SPOKEN:
            answers[said.kind] = said.text
        if said.kind == "child_voice":
            answers["child_voice_how"] = said.told_by
    return answers


def _of_factors(factors: Iterable[ReferralFactor]) -> dict[str, Any]:
    rows = list(factors)
    return {
        name: [row.code for row in rows if row.currency == currency] or _unknown(name) for name, currency in FACTORS
    }


def _of_agreement(agreement: Agreement) -> dict[str, Any]:
    answers = {name: getattr(agreement, column) for name, column in AGREEMENT_COLUMNS.items()}
    told = (agreement.informed_child, agreement.informed_parent)
    informed = {(True, True): BOTH, (False, True): PARENT, (True, False): CHILD, (False, False): NEITHER}[told]
    return answers | {"informed": informed}


def _unknown(name: str) -> str:
    """Return what an empty column meant: “not known” where the form asks for an answer, else nothing."""
    return NOT_KNOWN if FIELDS[name].required and FIELDS[name].not_known else ""


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
