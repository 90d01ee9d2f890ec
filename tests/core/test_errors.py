"""What is wrong with a request is said at the field it is about."""

import pytest
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
