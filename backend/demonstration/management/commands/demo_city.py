"""`manage.py demo_city`: makes the demo city, once."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from backend.demonstration import city, emptying
from backend.demonstration.models import City
from backend.demonstration.plan import Plan
from backend.demonstration.playing import Advance
from backend.demonstration.progress import Progress

PROCESSES = 2


class Command(BaseCommand):
    """Run as the owner, with the serving roles' addresses beside, after load_reference."""

    help = "Fill the demo's empty database with made-up children and referrals in every state."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Start over, or make another or a smaller city."""
        parser.add_argument("--anew", action="store_true", help="throw everything away and make the city again")
        parser.add_argument("--seed", default=city.SEED, help="another word makes another city")
        parser.add_argument("--scale", type=int, default=100, help="per cent of about 400 children")

    def handle(self, *args: Any, anew: bool, seed: str, scale: int, **options: Any) -> None:
        """Make the city unless it is there; one that was left half made is made again."""
        if not settings.DEMO:
            raise CommandError("This is not a demo: nothing was changed. The demo city is only for DEMO=true.")
        if not self._makes_room(anew=anew):
            return
        began = time.monotonic()
        made = city.make_city(seed=seed, scale=scale, processes=PROCESSES, started=self._started)
        for problem in made.left_out:
            self.stderr.write(f"Left out: {problem}")
        self.stdout.write(f"The {made.city} is ready after {time.monotonic() - began:.0f} s.")

    def _makes_room(self, *, anew: bool) -> bool:
        """Empty the database if that is asked for or needed; say whether there is a city to make."""
        existing = City.objects.using(emptying.OWNER).first()
        if existing is not None and existing.finished_at is not None and not anew:
            self.stdout.write(f"The {existing} is there already. To make it anew: make demo")
            return False
        if existing is None and emptying.has_records() and not anew:
            self.stdout.write("There are records that are not of a demo city: they stay. To replace them: make demo")
            return False
        if existing is not None and existing.finished_at is None:
            self.stdout.write("A demo city was left half made: making it again.")
        emptying.empty()
        return True

    def _started(self, plan: Plan) -> Advance:
        words = f"{len(plan.lives)} made-up children, {len(plan.contacts)} referrals"
        return Progress(sum(life.steps for life in plan.lives), what=words).advance
