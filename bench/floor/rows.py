"""The fifty rows that all three answer with: the columns of a queue of referrals, due first at the top."""

# A colleague may read them as they are: no sign-in, no row security, no clocks, no access log.
ROWS = """SELECT r.id, r.reference, r.state, concat_ws(' ', c.given_name, nullif(c.family_name, '')) AS child_name,
       c.date_of_birth, a.name AS referrer_agency, h.name AS holder, u.name AS officer,
       coalesce(nullif(r.level_decided, ''), r.level_believed) AS level_of_need, r.is_urgent, r.created_at,
       r.submitted_at, r.next_due_at
  FROM referrals_referral r
  JOIN agencies_agency a ON a.id = r.referrer_agency_id
  JOIN agencies_agency h ON h.id = r.holder_id
  LEFT JOIN children_child c ON c.id = r.child_id
  LEFT JOIN agencies_user u ON u.id = r.triage_officer_id
 WHERE r.holder_id = %s AND r.state = ANY (%s)
 ORDER BY r.next_due_at, r.id LIMIT 50"""
# Whose list, and the states of it: told to the servers by their environment.
HOLDER, STATES = "FLOOR_HOLDER", "FLOOR_STATES"
