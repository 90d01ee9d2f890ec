"""What works, as the API says it: figures by service with bounds and caution, and the records behind each number."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from rest_framework import serializers

from backend.core import vocabulary
from backend.insights.queries.flow import Period
from backend.insights.queries.kept import Read
from backend.insights.queries.outcomes import NOT_ANSWERED
from backend.insights.queries.works import FIGURES
from backend.insights.serializers.flow import CountedAtShape, DaysShape, counted_at, days_data
from backend.insights.serializers.numbers import SplitRowShape, SplitShape, Told, day, records, split_data
from backend.insights.serializers.outcomes import OutcomePeriodAsked
from backend.insights.serializers.telling import SHARE_FROM, few, moved, overlapping, several

Rows = Sequence[Mapping[str, Any]]
_NEAR = {"better": "Better", "same": "As at the beginning", "worse": "Worse"}
_GOALS = {"better": "Nearer", "same": "As near as at the beginning", "worse": "Further away"}
_ANSWERS = {
    **{term.code: term.label for term in vocabulary.get("sustained_answers")},
    NOT_ANSWERED: "Nobody has recorded an answer yet",
}
# What a figure is called, its parts, and what one row of its whole is.
_WORDS: Mapping[str, tuple[str, Mapping[str, str], str]] = {
    "given": ("Came to the end", {"completed": "Came to the end", "ended_early": "Ended early"}, "Times given"),
    "sessions": (
        "Came to the sessions",
        {"attended": "Came", "partly": "Came for a part", "missed": "Did not come"},
        "Sessions offered",
    ),
    "goals": (
        "Goals that it worked towards",
        {"all": "All were reached", "some": "Some were reached", "none": "None was reached"},
        "Times given with goals",
    ),
    "goal_scores": ("How near those goals came, from 0 to 10", _GOALS, "Times with both scores"),
    "questionnaires": (
        "Strengths and Difficulties scores of the child",
        _NEAR,
        "Times with both scores",
    ),
    "sustained": ("Whether it has lasted, half a year after the case closed", _ANSWERS, "Times asked about"),
    "again": (
        "Not referred again within twelve months",
        {"not_back": "Not within twelve months", "back": "Referred again, or the case was opened again"},
        "Times a year was over",
    ),
    "views": (
        "What children said of their sessions",
        {"said": "The child’s words are there", "not_said": "No words of the child"},
        "Times with sessions",
    ),
}
_ALWAYS: Mapping[str, str] = {
    "goal_scores": "Goals without both scores are not in it, and may have gone better or worse.",
    "questionnaires": "The score is of the child in the case, who may have had other services too.",
    "again": "A referral that your agency may not see is not counted.",
    "views": "Open the list to read what they said, service by service.",
}


class WorksRowShape(SplitRowShape):
    """One service; `beside` says what no share can, such as how many sessions half of the families came to."""

    beside = serializers.CharField(allow_blank=True)


class WorksFigureShape(SplitShape):
    """One figure by service; services are compared by its first part."""

    whole = serializers.CharField(help_text="What the whole of each row counts")
    beside = serializers.CharField(allow_blank=True, help_text="What the text beside each row is called, if any")
    caution = serializers.CharField(allow_blank=True)
    rows = WorksRowShape(many=True)


class WorksShape(CountedAtShape, DaysShape):
    """What became of families by the service that they had."""

    share_from = serializers.IntegerField(help_text="Of fewer no share is given")
    figures = WorksFigureShape(many=True)


class WorksAsked(OutcomePeriodAsked):
    """Which number is asked about: of a figure and a service, and which part of it if not the whole."""

    figure = serializers.ChoiceField(choices=list(FIGURES))
    part = serializers.CharField(default="")
    group = serializers.UUIDField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a part that the figure does not have."""
        if attrs["part"] and attrs["part"] not in FIGURES[attrs["figure"]].parts:
            raise serializers.ValidationError({"part": ["Choose a part of this figure."]})
        return attrs


def works_data(period: Period, read: Read) -> dict[str, Any]:
    """Return every figure by service."""
    named = [row for rows in read.groups.values() for row in rows if "name" in row]
    names = {row["group"]: f"{row['name']}, {row['organisation']}" for row in named}
    return {
        **days_data(period),
        **counted_at(read),
        "share_from": SHARE_FROM,
        "figures": [_figure(code, read.groups[code], names) for code in FIGURES],
    }


def _figure(code: str, rows: Rows, names: Mapping[str, str]) -> dict[str, Any]:
    title, parts, whole = _WORDS[code]
    split = split_data(rows, parts, names, "")
    called, beside = _BESIDE.get(code, ("", _nothing))
    told = [{**one, "beside": beside(row)} for one, row in zip(split["rows"], rows, strict=True)]
    compared = [one["numbers"][0] for one in told if one["of"] >= SHARE_FROM]
    least = min((row["whole"] for row in rows), default=0)
    caution = " ".join(filter(None, (_ALWAYS.get(code, ""), overlapping(compared, "services"), few(least))))
    return {
        "id": code,
        "title": title,
        "finding": _FINDINGS[code](rows) if rows else _NONE,
        "caution": caution if rows else "",
        **split,
        "whole": whole,
        "beside": called,
        "rows": told,
    }


_NONE = "No service that ended can be counted here in these days."


def _total(rows: Rows, name: str) -> int:
    return sum(row[name] or 0 for row in rows)


def _given(rows: Rows) -> str:
    times, completed = several(_total(rows, "whole"), "time"), _total(rows, "part_completed")
    kinds = several(len(rows), "service")
    return f"{kinds} ended, given {times} within the cases that closed; {completed} came to the end."


def _sessions(rows: Rows) -> str:
    came = _total(rows, "part_attended") + _total(rows, "part_partly")
    return f"Children came to {came} of {several(_total(rows, 'whole'), 'session')} that were there to come to."


def _goals(rows: Rows) -> str:
    goals, reached = several(_total(rows, "goals"), "goal"), _total(rows, "goals_reached")
    return (
        f"Of {goals} that services worked towards, {reached} were reached. "
        "A goal that two services worked towards counts for both."
    )


def _scores(rows: Rows) -> str:
    times = several(_total(rows, "whole"), "time")
    return (
        f"A score from the beginning and one from the end were there {times}; {_total(rows, 'part_better')} went well."
    )


def _sustained(rows: Rows) -> str:
    times = several(_total(rows, "whole"), "time")
    return f"Half a year was over {times} that a service was given; it has lasted in {_total(rows, 'part_yes')}."


def _again(rows: Rows) -> str:
    times = several(_total(rows, "whole"), "time")
    return f"A year was over {times} that a service was given; {_total(rows, 'part_back')} came back within it."


def _views(rows: Rows) -> str:
    said, times = _total(rows, "part_said"), several(_total(rows, "whole"), "time")
    return f"Of {times} with a session that was held, the child’s own words on it are written down in {said}."


_FINDINGS: Mapping[str, Callable[[Rows], str]] = {
    "given": _given,
    "sessions": _sessions,
    "goals": _goals,
    "goal_scores": _scores,
    "questionnaires": _scores,
    "sustained": _sustained,
    "again": _again,
    "views": _views,
}


def _nothing(_row: Mapping[str, Any]) -> str:
    return ""


def _half(row: Mapping[str, Any]) -> str:
    return f"{row['median']:g}" if row["whole"] >= SHARE_FROM else "Too few"


def _of_goals(row: Mapping[str, Any]) -> str:
    return f"{row['goals_reached']} of {row['goals']}"


def _mean(up: str, down: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda row: moved(row["mean"] / 100, up, down) if row["whole"] >= SHARE_FROM else "Too few"


_BESIDE: Mapping[str, tuple[str, Callable[[Mapping[str, Any]], str]]] = {
    "given": ("Sessions that half came to at most", _half),
    "goals": ("Goals reached", _of_goals),
    "goal_scores": ("On average", _mean("nearer", "further away")),
    "questionnaires": ("On average", _mean("lower", "higher")),
}


def root_of(one: Any) -> Any:
    """Return the service that a counted record is, or is a session of."""
    return one.root_id


def _service(one: Any) -> Told:
    return f"{one.service_name}: {one.LABELS[one.state]}", day(one.ended_at), "/interventions/{root}"


def _with_goals(one: Any) -> Told:
    return f"{one.service_name}: {one.reached} of {several(one.tied, 'goal')} reached", *_service(one)[1:]


def _session(one: Any) -> Told:
    return vocabulary.get("session_outcomes").label(one.outcome), day(one.happened_at), "/interventions/{root}"


_TELLING: Mapping[str, Callable[[Any], Told]] = {"goals": _with_goals, "sessions": _session}


def works_records(figure: str, found: Iterable[Any]) -> list[dict[str, Any]]:
    """Return the records behind a number."""
    return records(found, _TELLING.get(figure, _service), root_of)
