-- How much of the agenda of its own meeting nothing is decided about, also what the chair can no longer read, or one of its people must not:
-- a number and nothing else, so that minutes are not signed over a child whom nobody heard. Who has died is not heard any more.
CREATE OR REPLACE FUNCTION app.undecided_at(meeting uuid) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT count(*)::integer FROM panels_panelitem i JOIN panels_panel p ON p.id = i.panel_id
    WHERE p.id = meeting AND p.chair_agency_id = app.actor_agency() AND i.state = 'on_agenda'
      AND NOT EXISTS (SELECT 1 FROM children_death d WHERE d.child_id = i.child_id AND d.taken_back_at IS NULL) $$;
