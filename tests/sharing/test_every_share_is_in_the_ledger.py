"""Nobody reads another agency's words without a line in the ledger that says why they may."""

import pytest
from django.db import connections

from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

# Every relation that opens the text of a record, or a part of it, to an agency; the agency that referred has its own.
UNEXPLAINED = """
WITH opened AS (
  SELECT DISTINCT i.root_id, i.relation, i.agency_id FROM access_involvement i
   WHERE i.relation IN ('HOLDER', 'OFFERED', 'OFFERED_LEAD', 'LEAD', 'ASKED') AND i.agency_id IS NOT NULL
  UNION
  SELECT DISTINCT l.root_id, i.relation, i.agency_id
    FROM access_involvement i JOIN access_link l ON l.parent_id = i.root_id
   WHERE i.relation = 'LEAD' AND i.agency_id IS NOT NULL
  UNION
  -- Who provides a service of a case is in the ledger of the case, where its people answer for the share.
  SELECT DISTINCT l.parent_id, i.relation, i.agency_id
    FROM access_involvement i JOIN access_link l ON l.root_id = i.root_id
   WHERE i.relation = 'PROVIDER'),
together AS (
  SELECT root_id AS root, root_id AS part FROM opened
  UNION SELECT parent_id, root_id FROM access_link
  UNION SELECT root_id, parent_id FROM access_link)
SELECT o.relation, a.slug, coalesce(r.reference, c.reference) FROM opened o
  JOIN agencies_agency a ON a.id = o.agency_id
  LEFT JOIN referrals_referral r ON r.id = o.root_id LEFT JOIN cases_case c ON c.id = o.root_id
 WHERE coalesce(r.id, c.id) IS NOT NULL
   AND (r.id IS NULL OR r.referrer_agency_id <> o.agency_id)
   AND NOT EXISTS (
     SELECT 1 FROM together t JOIN sharing_disclosure d ON d.root_id = t.part AND d.to_agency_id = o.agency_id
      WHERE t.root = o.root_id)
   AND NOT EXISTS (
     SELECT 1 FROM together t JOIN referrals_referral own ON own.id = t.part AND own.referrer_agency_id = o.agency_id
      WHERE t.root = o.root_id)
"""


def test_every_relation_that_opens_text_to_another_agency_has_its_disclosure(world: World) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM access_involvement WHERE relation IN ('HOLDER', 'OFFERED', 'LEAD', 'ASKED')"
        )
        assert cursor.fetchone()[0] > 20
        cursor.execute(UNEXPLAINED)
        assert cursor.fetchall() == []
