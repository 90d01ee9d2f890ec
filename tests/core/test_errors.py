"""What is wrong with a request is said at the field it is about."""

import pytest
from django.db import IntegrityError
from psycopg.errors import ForeignKeyViolation, UniqueViolation
from rest_framework import serializers

from backend.core.api.errors import as_refusal


@pytest.mark.parametrize(
    ("detail", "fields"),
    [
        ({"reason": ["Enter a reason."]}, {"reason": ["Enter a reason."]}),
        (
            {"questions": [{}, {"question": ["Enter a question."]}]},
            {"questions.1.question": ["Enter a question."]},
        ),
        ({"questions": ["Ask at least one question."]}, {"questions": ["Ask at least one question."]}),
        ({"answers": {"child": {"value": ["Too long."]}}}, {"answers.child.value": ["Too long."]}),
    ],
)
def test_a_sentence_stands_at_its_own_field(detail: object, fields: dict[str, list[str]]) -> None:
    refusal = as_refusal(serializers.ValidationError(detail))
    assert refusal is not None
    assert (refusal.status, refusal.fields) == (400, fields)
    assert refusal.reasons == ["There is a problem with what was sent."]


def test_what_is_wrong_with_the_whole_is_a_reason_and_no_field() -> None:
    refusal = as_refusal(serializers.ValidationError({"non_field_errors": ["Choose one or the other."]}))
    assert refusal is not None
    assert (refusal.reasons, refusal.fields) == (["Choose one or the other."], {})


def _refused_by_the_table(cause: Exception) -> IntegrityError:
    error = IntegrityError("what the table says, with what was typed")
    error.__cause__ = cause
    return error


def test_who_does_the_same_at_the_same_moment_is_told_so_and_nothing_of_what_was_typed() -> None:
    refusal = as_refusal(_refused_by_the_table(UniqueViolation()))
    assert refusal is not None
    assert (refusal.status, refusal.code) == (409, "done_meanwhile")
    assert refusal.reasons == ["Somebody has done the same at this moment. Reload the page to see it."]


def test_another_refusal_of_a_table_is_an_error_of_ours() -> None:
    assert as_refusal(_refused_by_the_table(ForeignKeyViolation())) is None
