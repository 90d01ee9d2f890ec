-- Who reads what was published of a partnership: somebody who is its analyst now.
CREATE OR REPLACE FUNCTION app.analyses(partnership uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (
     SELECT 1 FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active JOIN agencies_agency a ON a.id = m.agency_id
      WHERE m.id = app.membership() AND m.ended_at IS NULL AND m.role = 'partnership_analyst' AND a.partnership_id = partnership) $$;

-- The referrals of a partnership that were received in some whole months, exact, by what reports may ask for; and, with a factor, how many
-- of them name it. With the rights of whoever asks: the worker, who publishes them (backend/insights/commands.py), reads every referral; to
-- an analyst row security shows none. The answer about additional needs is the last that was given. A child whose record is sealed is in no
-- count, nor is what was entered in error.
CREATE OR REPLACE FUNCTION app.referrals_counted(partnership uuid, since timestamptz, until timestamptz)
RETURNS TABLE (month text, ward text, theme text, source text, state text, age integer, sex text, ethnicity text, needs text,
               factor text, number integer)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS
$$ WITH sealed AS MATERIALIZED (SELECT s.child_id FROM app.in_no_count() AS s (child_id)),
   one AS MATERIALIZED (
     SELECT r.id, to_char(r.submitted_at AT TIME ZONE 'Europe/London', 'YYYY-MM') AS month, c.ward::text, r.theme::text, r.source::text,
            r.state::text,
            CASE WHEN c.date_of_birth IS NULL AND c.expected_date IS NOT NULL THEN -1
                 ELSE extract(year FROM age((r.submitted_at AT TIME ZONE 'Europe/London')::date, c.date_of_birth))::integer END AS age,
            c.sex::text, c.ethnicity::text, coalesce(
              (SELECT coalesce(a.after, 'null') FROM referrals_amendment a WHERE a.root_id = r.id AND a.field = 'sen_status'
                ORDER BY a.at DESC, a.id DESC LIMIT 1),
              (SELECT s.answers -> 'sen_status' FROM referrals_sentanswers s WHERE s.root_id = r.id AND s.answers ? 'sen_status' LIMIT 1)
            ) #>> '{}' AS needs
       FROM referrals_referral r JOIN children_child c ON c.id = r.child_id
      WHERE r.partnership_id = partnership AND r.submitted_at >= since AND r.submitted_at < until AND r.state <> 'entered_in_error'
        AND NOT EXISTS (SELECT 1 FROM sealed s WHERE s.child_id = r.child_id))
   SELECT one.month, one.ward, one.theme, one.source, one.state, one.age, one.sex, one.ethnicity, one.needs, '', count(*)::integer
     FROM one GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
   UNION ALL
   SELECT one.month, one.ward, one.theme, one.source, one.state, one.age, one.sex, one.ethnicity, one.needs, f.code,
          count(DISTINCT one.id)::integer
     FROM one JOIN referrals_referralfactor f ON f.root_id = one.id GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 $$;
