"""Says where figures that are kept are not what their children add, or a child's share is not what its records say."""

from collections.abc import Iterator

from django.db import DEFAULT_DB_ALIAS, connections

from backend.insights.models import Changed, Share
from backend.insights.refreshing import shares_of, transaction_of

# So many children are counted again; the sums are compared whole.
_SOME = 200
# Millions of shares come to some 100,000 sums: they are added by day first, and in memory. The planner, which cannot
# know how few they are, would sort all that was added, on a disk that may not have room for it.
_IN_MEMORY = "SET LOCAL enable_sort = off; SET LOCAL work_mem = '256MB'"
_AS_BEFORE = "SET LOCAL enable_sort TO DEFAULT; SET LOCAL work_mem TO DEFAULT"
_SUMS = """WITH by_day AS MATERIALIZED (
    SELECT s.agency_id, line ->> 0 AS figure, (line ->> 2)::date AS day, line ->> 1 AS "group", part.key AS part,
           sum(part.value::bigint) AS number
      FROM insights_share s CROSS JOIN LATERAL jsonb_array_elements(s.numbers) AS line
     CROSS JOIN LATERAL jsonb_each_text(line -> 3) AS part
     GROUP BY 1, 2, 3, 4, 5),
  sums AS (
    SELECT agency_id, figure::text, span::text, first_day, "group"::text, part::text, number FROM insights_cell
    UNION ALL
    SELECT agency_id, figure, span, date_trunc(span, day)::date, "group", part, -number
      FROM by_day CROSS JOIN (VALUES ('day'), ('month')) AS spans (span))
  SELECT agency_id, figure, span, first_day, "group", part, sum(number) FROM sums
   GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(number) <> 0 LIMIT 20"""


def differences(*, using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Return a sentence for each sum that is off, each of some children whose share is, and each who is set aside."""
    with transaction_of(using):
        return [*_sums(using), *_children(using), *_set_aside(using)]


def _sums(using: str) -> Iterator[str]:
    with connections[using].cursor() as cursor:
        cursor.execute(_IN_MEMORY)
        cursor.execute(_SUMS)
        found = cursor.fetchall()
        cursor.execute(_AS_BEFORE)
    for agency, figure, span, first_day, group, part, off in found:
        yield f"Agency {agency}, {figure} {group} {part}, {span} {first_day}: {off} too many."


def _set_aside(using: str) -> Iterator[str]:
    for row in Changed.objects.using(using).filter(failed_at__isnull=False).order_by("failed_at", "child_id"):
        yield (
            f"Child {row.child_id} could not be counted ({row.error}): tried {row.attempts} times, the last time at "
            f"{row.failed_at:%Y-%m-%d %H:%M} UTC. What it added before is kept."
        )


def _children(using: str) -> Iterator[str]:
    changing = Changed.objects.using(using).values("child_id")
    settled = Share.objects.using(using).exclude(child_id__in=changing)
    children = tuple(set(settled.order_by("?").values_list("child_id", flat=True)[:_SOME]))
    found = shares_of(children, using=using)
    kept = {(row.child_id, row.agency_id): row.numbers for row in settled.filter(child_id__in=children)}
    for key in sorted({*found, *kept}):
        told, stands = (sorted(map(tuple, shares.get(key, []))) for shares in (found, kept))
        off = [line for line in (*told, *stands) if (line in told) != (line in stands)]
        if off:
            yield f"Child {key[0]} in agency {key[1]}: what is kept is not what the records say of {off[0][0]}: {off}."
