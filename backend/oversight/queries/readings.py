"""What the log's new rows say of who read which child, for the worker: some statements, however many rows there are."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from backend.access.relations import Relation
from backend.agencies.roles import Role
from backend.deadlines.calendar import is_working_day
from backend.oversight.models import ReadingDay, UnusualReading
from backend.oversight.unusual import COLLEAGUES_CHILD, OWN_FAMILY, SAME_ADDRESS, SAME_SURNAME, Limits, Read, Usual

MOST_ROWS = 20_000
# Lists and oversight itself: nobody is read there.
_NO_READING = ["record.find_form", "referral.counts", "referral.known_children", "exception.count"]
_OF_NO_CHILD = [
    "looks",
    "unusual",
    "figures",
    "export",
    "agency",
    "person",
    "conflict",
    "configuration",
    "confirmation",
]
# An agency's relations at which its triage officers and managers decide: reading is their task there.
_DECIDING = [
    Relation.HOLDER, Relation.LEAD, Relation.OFFERED, Relation.OFFERED_LEAD, Relation.ASKED, Relation.TRIAGING,
    Relation.ANSWERING, Relation.DISAGREEING, Relation.REFERRER, Relation.PROVIDER, Relation.INVITED, Relation.CHAIRING,
]  # fmt: skip
# And at which whoever works there has one: they give the service, or were asked.
_GIVING = [Relation.PROVIDER.value, Relation.ASKED.value, Relation.INVITED.value]
_DECIDERS = [Role.MANAGER.value, Role.TRIAGE_OFFICER.value]
# A task that is over is still written up.
_AFTERWARDS = timedelta(days=14)

_UNTIL = """SELECT horizon, (SELECT greatest(l.made_in, %(since)s + 1) FROM audit_accesslog l
    WHERE l.made_in >= %(since)s AND l.made_in < horizon ORDER BY l.made_in OFFSET %(most)s LIMIT 1)
  FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon) now"""

_TAKE_IN = """
WITH looked AS (
  SELECT l.*, (l.recorded_at AT TIME ZONE 'Europe/London') AS here, l.label = 'record.find' AS is_search,
         l.kind = 'consultation' AND l.status < 400 AND l.label <> 'record.find' AS opens, l.kind <> 'consultation' AND l.status < 400 AS acts,
         l.status IN (403, 404) OR (l.label = 'break_glass.open' AND l.status = 409) AS refused
    FROM audit_accesslog l
   WHERE l.made_in >= %(since)s AND l.made_in < %(until)s AND l.user_id IS NOT NULL
     AND l.label NOT LIKE '%%.list' AND l.label <> ALL (%(no_reading)s) AND split_part(l.label, '.', 1) <> ALL (%(no_child)s)
     AND (l.label NOT LIKE 'break_glass.%%' OR l.label = 'break_glass.open')
     AND cardinality(l.child_ids) <= CASE WHEN l.label = 'record.find' THEN %(most_in_a_search)s ELSE %(most_in_a_list)s END),
about AS (
  SELECT looked.*, coalesce(same.stands_for_id, given.id) AS subject FROM looked CROSS JOIN LATERAL (
      SELECT unnest(looked.child_ids) AS id
      UNION SELECT coalesce(i.child_id, r) FROM unnest(looked.root_ids) r LEFT JOIN access_involvement i ON i.root_id = r
             WHERE looked.child_ids = '{}' AND (i.child_id IS NOT NULL OR (looked.refused AND i.root_id IS NULL))
      UNION SELECT looked.id WHERE (looked.label = 'break_glass.open' AND looked.status = 409)
                                OR (looked.is_search AND looked.status < 400 AND looked.root_ids = '{}' AND looked.child_ids = '{}')) given
    LEFT JOIN access_samechild same ON same.record_id = given.id),
seen AS (
  SELECT user_id, here::date AS day, subject, (array_agg(agency_id ORDER BY recorded_at DESC))[1] AS agency_id,
         (array_agg(membership_id ORDER BY recorded_at DESC))[1] AS membership_id,
         (array_agg(role ORDER BY recorded_at DESC))[1] AS role, min(recorded_at) AS first_at, max(recorded_at) AS last_at,
         bool_or(opens) AS is_opened, bool_or(acts) AS has_acted,
         bool_or((opens OR acts) AND extract(hour FROM here) NOT BETWEEN %(opens)s AND %(closes)s - 1) AS is_late,
         bool_or(label = 'break_glass.open' AND status < 400) AS is_emergency, bool_or(refused) AS is_refused
    FROM about GROUP BY user_id, here::date, subject HAVING bool_or(opens OR acts OR refused OR (is_search AND status < 400))),
same AS (
  SELECT seen.*, ARRAY(SELECT seen.subject UNION SELECT s.record_id FROM access_samechild s WHERE s.stands_for_id = seen.subject) AS records
    FROM seen),
kin AS (
  SELECT same.*, same.records || ARRAY(SELECT DISTINCT o.child_id FROM referrals_referral own JOIN referrals_referral o ON o.family_id = own.family_id
                                        WHERE own.child_id = ANY (same.records) AND o.child_id <> ALL (same.records)) AS family
    FROM same),
judged AS (
  SELECT kin.*, u.name, lower(regexp_replace(u.name, '^.*\\s', '')) AS surname, coalesce(task.is_own, false) AS is_own,
         coalesce(task.is_own OR task.is_agencys OR task.is_emergency, false) AS is_tasked
    FROM kin JOIN agencies_user u ON u.id = kin.user_id LEFT JOIN agencies_membership m ON m.id = kin.membership_id
    CROSS JOIN LATERAL (
      SELECT bool_or(i.user_id = kin.user_id AND i.relation <> %(emergency)s) AS is_own,
             bool_or(i.user_id = kin.user_id AND i.relation = %(emergency)s) AS is_emergency,
             bool_or(i.agency_id = kin.agency_id AND i.user_id IS NULL
                     AND (i.relation = ANY (%(giving)s)
                       OR (kin.role = ANY (%(deciders)s) AND i.relation = ANY (%(deciding)s)
                           -- Whoever manages one team has no task in what another team of the agency works on.
                           AND NOT (i.relation = %(lead)s AND EXISTS (SELECT 1 FROM access_involvement t
                                      WHERE t.root_id = i.root_id AND t.relation = %(unit)s AND t.team_id <> m.team_id
                                        AND (t.ends_at IS NULL OR t.ends_at > kin.first_at)))))) AS is_agencys
        FROM access_involvement i
       WHERE i.child_id = ANY (kin.family) AND i.starts_at <= kin.last_at AND (i.ends_at IS NULL OR i.ends_at > kin.first_at - %(afterwards)s)) task)
INSERT INTO oversight_readingday AS known
  (user_id, day, subject_id, agency_id, role, first_at, last_at, is_opened, is_tasked, has_acted, is_late, is_emergency, is_refused, ties)
SELECT j.user_id, j.day, j.subject, j.agency_id, j.role, j.first_at, j.last_at, j.is_opened, j.is_tasked, j.has_acted, j.is_late,
       j.is_emergency, j.is_refused,
       CASE WHEN j.is_own THEN '{}' ELSE array_remove(ARRAY[
         CASE WHEN lower(k.family_name) = j.surname
               AND (SELECT count(*) FROM (SELECT 1 FROM children_child o WHERE lower(o.family_name) = j.surname LIMIT %(common)s) so_called) < %(common)s
              THEN %(surname)s END,
         CASE WHEN EXISTS (SELECT 1 FROM access_conflict c JOIN children_child own ON own.id = c.child_id
                            WHERE c.user_id = j.user_id AND own.id <> ALL (j.records) AND own.postcode <> ''
                              AND own.postcode = k.postcode)
                OR EXISTS (SELECT 1 FROM children_person p
                            WHERE p.child_id = ANY (j.records) AND lower(p.name) = lower(j.name) AND p.lives_with_child = 'yes')
              THEN %(address)s END,
         CASE WHEN EXISTS (SELECT 1 FROM children_person p WHERE p.child_id = ANY (j.records) AND lower(p.name) = lower(j.name)) THEN %(own_family)s END,
         CASE WHEN EXISTS (SELECT 1 FROM access_conflict c JOIN agencies_membership m ON m.user_id = c.user_id AND m.ended_at IS NULL
                            WHERE c.child_id = ANY (j.records) AND c.ended_at IS NULL AND c.user_id <> j.user_id AND m.agency_id = j.agency_id)
                -- A colleague's name alone is a coincidence where one decides for many.
                OR NOT j.is_tasked AND EXISTS (SELECT 1 FROM children_person p JOIN agencies_user w ON lower(w.name) = lower(p.name) AND w.id <> j.user_id
                                  JOIN agencies_membership m ON m.user_id = w.id AND m.ended_at IS NULL AND m.agency_id = j.agency_id
                                 WHERE p.child_id = ANY (j.records))
              THEN %(colleague)s END], NULL) END
  FROM judged j LEFT JOIN children_child k ON k.id = j.subject
ON CONFLICT (user_id, day, subject_id) DO UPDATE SET
  agency_id = excluded.agency_id, role = excluded.role, first_at = least(known.first_at, excluded.first_at),
  last_at = greatest(known.last_at, excluded.last_at), is_opened = known.is_opened OR excluded.is_opened,
  is_tasked = known.is_tasked OR excluded.is_tasked, has_acted = known.has_acted OR excluded.has_acted,
  is_late = known.is_late OR excluded.is_late, is_emergency = known.is_emergency OR excluded.is_emergency,
  is_refused = known.is_refused OR excluded.is_refused,
  ties = ARRAY(SELECT DISTINCT unnest(known.ties || excluded.ties))
RETURNING user_id, day"""  # noqa: E501 - one line a column reads better than a folded one

_USUAL = """
WITH days AS (SELECT role, user_id, day, count(*) AS opened FROM oversight_readingday
               WHERE day > %(after)s AND is_opened GROUP BY role, user_id, day),
     idle AS (SELECT role, user_id, count(*) FILTER (WHERE is_opened AND NOT is_tasked AND NOT has_acted) AS idle,
                     count(*) FILTER (WHERE NOT (is_opened OR has_acted OR is_emergency OR is_refused OR is_tasked)) AS searched
                FROM oversight_readingday WHERE day > %(after)s GROUP BY role, user_id)
SELECT role,
       (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY opened) FROM days WHERE days.role = roles.role),
       (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY idle) FROM idle WHERE idle.role = roles.role),
       (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY searched) FROM idle WHERE idle.role = roles.role)
  FROM (SELECT role FROM days GROUP BY role HAVING count(DISTINCT user_id) >= %(people)s) roles"""  # noqa: E501 - as above

Place = tuple[UUID, date]


def until(since: int) -> tuple[int, bool]:
    """Return the transaction before which every row is over and some thousands are new, and whether there are more.

    What one transaction wrote is taken whole, however much it is.
    """
    with connection.cursor() as cursor:
        cursor.execute(_UNTIL, {"since": since, "most": MOST_ROWS})
        horizon, cut = cursor.fetchone()
        return (int(horizon), False) if cut is None else (int(cut), True)


def take_in(since: int, before: int, limit: Limits) -> set[Place]:
    """Note what these rows of the log say; return the people and days that they are of."""
    values: Mapping[str, Any] = {
        "since": since,
        "until": before,
        "no_reading": _NO_READING,
        "no_child": _OF_NO_CHILD,
        "most_in_a_list": limit.most_in_a_list,
        "most_in_a_search": limit.most_in_a_search,
        "opens": limit.opens_at_hour,
        "closes": limit.closes_at_hour,
        "afterwards": _AFTERWARDS,
        "deciders": _DECIDERS,
        "giving": _GIVING,
        "deciding": [relation.value for relation in _DECIDING],
        "emergency": Relation.BREAK_GLASS.value,
        "lead": Relation.LEAD.value,
        "unit": Relation.UNIT.value,
        "common": limit.common_name,
        "surname": SAME_SURNAME,
        "address": SAME_ADDRESS,
        "own_family": OWN_FAMILY,
        "colleague": COLLEAGUES_CHILD,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_IN, values)
        return set(cursor.fetchall())


def usual(today: date, limit: Limits) -> dict[str, list[float]]:
    """Return what is usual in each role; asked once a day."""
    with connection.cursor() as cursor:
        cursor.execute(_USUAL, {"after": today - timedelta(days=limit.back_days), "people": limit.people_to_compare})
        return {role: [float(number or 0) for number in numbers] for role, *numbers in cursor.fetchall()}


def usual_in(kept: Mapping[str, Any], role: str) -> Usual:
    """Return what was kept of a role."""
    return Usual(*kept.get(role, ()))


def of_people(people: Collection[UUID], after: date) -> dict[UUID, list[ReadingDay]]:
    """Return the last weeks of these people."""
    found: dict[UUID, list[ReadingDay]] = defaultdict(list)
    for row in ReadingDay.objects.filter(user_id__in=people, day__gt=after).order_by("day"):
        found[row.user_id].append(row)
    return found


def alerts_of(people: Collection[UUID], after: date) -> dict[UUID, list[UnusualReading]]:
    """Return what waits for a decision about these people, and what was decided lately."""
    found: dict[UUID, list[UnusualReading]] = defaultdict(list)
    still = Q(outcome="") | Q(last_at__date__gte=after)
    for row in UnusualReading.objects.filter(still, user_id__in=people).order_by("found_at"):
        found[row.user_id].append(row)
    return found


def as_read(row: ReadingDay) -> Read:
    """Return a row as the rules read it."""
    return Read(
        on=row.day,
        subject_id=row.subject_id,
        is_opened=row.is_opened,
        is_tasked=row.is_tasked,
        has_acted=row.has_acted,
        is_off_hours=(row.is_opened or row.has_acted) and (row.is_late or not is_working_day(row.day)),
        is_emergency=row.is_emergency,
        is_refused=row.is_refused,
        ties=tuple(row.ties),
    )
