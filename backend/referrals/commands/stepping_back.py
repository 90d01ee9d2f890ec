"""Who gives a service to a child, and turns out to be too close to the family because two records are one child."""

from django.db import connection

from backend.access.actors import Actor
from backend.interventions.commands.leaving import pass_from_conflict
from backend.referrals.models import Referral


def step_back(actor: Actor, referral: Referral) -> None:
    """Give what they give to a colleague at once, in the transaction that joins the records.

    Whoever joins them sees none of it: the database opens what has to pass, and closes it again here. What else
    somebody in conflict has in hand, the worker finds within a minute (administration.commands.conflicts).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT app.begin_stepping_back(%s)", [referral.id])
        given = cursor.fetchone()[0]
        if given:
            pass_from_conflict(actor, given)
            cursor.execute("SELECT app.close_passage()")
