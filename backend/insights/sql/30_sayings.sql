-- In which month a saying is counted: the one in which it was said, or, where that month's figures were out when it was written down, the one
-- in which it was written down (a fortnight: SETTLES in backend/insights/commands.py).
CREATE OR REPLACE FUNCTION app.counted_in(said date, written timestamptz) RETURNS text LANGUAGE sql STABLE SET search_path = public, pg_temp AS
$$ SELECT to_char(CASE WHEN (written AT TIME ZONE 'Europe/London') < said + interval '1 month 14 days' THEN said
                       ELSE (written AT TIME ZONE 'Europe/London')::date END, 'YYYY-MM') $$;

-- What people of a partnership said in some whole months, exact, by what reports may ask for; and, with a theme, how many touch it. With the
-- rights of whoever asks: the worker, who publishes them (backend/insights/commands.py), reads every saying; to an analyst row security shows
-- none. What was taken back is counted unless whoever said it wanted that neither.
CREATE OR REPLACE FUNCTION app.sayings_counted(partnership uuid, since timestamptz, until timestamptz)
RETURNS TABLE (month text, ward text, speaker text, direction text, theme text, number integer)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS
$$ WITH one AS MATERIALIZED (
     SELECT app.counted_in(s.month, s.recorded_at) AS month, s.ward::text, s.speaker::text, s.direction::text, s.themes
       FROM voices_saying s WHERE s.partnership_id = partnership AND s.is_counted),
   within AS MATERIALIZED (
     SELECT one.* FROM one WHERE one.month >= to_char(since AT TIME ZONE 'Europe/London', 'YYYY-MM')
        AND one.month < to_char(until AT TIME ZONE 'Europe/London', 'YYYY-MM'))
   SELECT w.month, w.ward, w.speaker, w.direction, '', count(*)::integer FROM within w GROUP BY 1, 2, 3, 4
   UNION ALL
   SELECT w.month, w.ward, w.speaker, w.direction, t.code::text, count(*)::integer
     FROM within w CROSS JOIN LATERAL (SELECT DISTINCT unnest(w.themes)) AS t (code) GROUP BY 1, 2, 3, 4, 5 $$;

-- The words that two people let out and whoever said them agreed to, of the partnership of an analyst; to anybody else none. Nothing says which
-- agency wrote them down, who, when, or which row it is; and they come in the order of the alphabet, which says nothing either. Whether a theme
-- has a number that can be shown, backend/insights/queries/voice.py asks before any of them is.
CREATE OR REPLACE FUNCTION app.words_released()
RETURNS TABLE (month text, ward text, speaker text, direction text, themes text[], words text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ WITH me AS (SELECT a.partnership_id FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id AND u.is_active
                 JOIN agencies_agency a ON a.id = m.agency_id
                WHERE m.id = app.membership() AND m.ended_at IS NULL AND m.role = 'partnership_analyst')
   SELECT app.counted_in(s.month, s.recorded_at), s.ward::text, s.speaker::text, s.direction::text, s.themes::text[], s.released_words
     FROM me JOIN voices_saying s ON s.partnership_id = me.partnership_id
    WHERE s.state = 'released' AND s.agreement = 'words'
    ORDER BY s.released_words COLLATE "C" $$;
