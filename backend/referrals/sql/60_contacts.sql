-- How many other referrals there were in twelve months about this child: by its records, or by the same name and date where nobody has
-- said yet that it is the same. A number only, for rules that flag; a sealed child is never counted, so that the number tells nothing of it.
CREATE OR REPLACE FUNCTION app.contacts_lately(asked uuid, but uuid) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ WITH asked AS MATERIALIZED (
     SELECT a.* FROM children_child a WHERE a.id = asked AND (a.recorded_as_id = app.membership() OR app.sees_child(a.id))),
   -- Two ways to find a record, each by its own index: one condition with OR would read every child.
   same AS MATERIALIZED (
     SELECT r.id FROM asked a CROSS JOIN LATERAL app.child_records(a.id) AS r (id)
     UNION
     SELECT c.id FROM asked a JOIN children_child c
         ON c.partnership_id = a.partnership_id AND c.name_key = a.name_key AND c.date_of_birth = a.date_of_birth)
   SELECT count(*)::integer FROM same JOIN referrals_referral r ON r.child_id = same.id
    WHERE r.id <> but AND r.submitted_at > app.moment() - interval '12 months' AND r.state <> 'entered_in_error'
      AND NOT app.is_barred(same.id)
      AND NOT EXISTS (SELECT 1 FROM access_named n WHERE n.child_id = same.id AND n.ended_at IS NULL) $$;

-- What rules may look at in the referrals of the last `days` days, in codes and numbers, for trying rules before they are in force. The
-- server answers with counts alone, none of them below five; only roles that may try rules are answered at all.
CREATE OR REPLACE FUNCTION app.rule_features(days integer)
RETURNS TABLE (level text, factors text[], age integer, ward text, source text, agency_kind text, contacts integer, urgent boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ WITH me AS (SELECT a.partnership_id FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active
                 JOIN agencies_agency a ON a.id = m.agency_id JOIN agencies_partnership p ON p.id = a.partnership_id
                WHERE m.id = app.membership() AND m.ended_at IS NULL
                  AND (m.role = 'system_administrator' OR (m.role = 'manager' AND m.agency_id = p.front_door_id)))
   SELECT r.level_believed, ARRAY(SELECT f.code::text FROM referrals_referralfactor f WHERE f.root_id = r.id AND f.currency = 'current'),
          extract(year FROM age(r.submitted_at, c.date_of_birth))::integer, c.ward, r.source, a.kind,
          (SELECT count(*)::integer FROM children_child oc JOIN referrals_referral o ON o.child_id = oc.id
            WHERE oc.partnership_id = c.partnership_id AND oc.name_key = c.name_key AND oc.date_of_birth = c.date_of_birth
              AND o.state <> 'entered_in_error' AND o.submitted_at BETWEEN r.submitted_at - interval '12 months' AND r.submitted_at),
          r.is_urgent
     FROM me JOIN referrals_referral r ON r.partnership_id = me.partnership_id JOIN children_child c ON c.id = r.child_id
     JOIN agencies_agency a ON a.id = r.referrer_agency_id
    WHERE r.submitted_at > app.moment() - make_interval(days => days) AND r.state <> 'entered_in_error'
      AND NOT EXISTS (SELECT 1 FROM access_named n WHERE n.child_id = c.id AND n.ended_at IS NULL)
    ORDER BY r.submitted_at DESC LIMIT 5000 $$;
