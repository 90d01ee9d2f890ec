"""`manage.py demo_past`: fills in what happened in the demo city before, while it is looked around in."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from backend.demonstration import emptying, growing
from backend.demonstration.models import City
from backend.demonstration.plan import Plan
from backend.demonstration.playing import Advance
from backend.demonstration.progress import Progress

PROCESSES = 2


class Command(BaseCommand):
    """Run as the owner, with the serving roles' addresses beside, after demo_city; again as often as one likes."""

    help = "Fill in the demo city's past: cases of two years."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is missing; nothing when nothing is."""
        if not settings.DEMO:
            raise CommandError("This is not a demo: nothing was changed.")
        city = City.objects.using(emptying.OWNER).filter(finished_at__isnull=False, past_finished_at=None).first()
        if city is None:
            return
        began = time.monotonic()
        for problem in growing.grow(city, processes=PROCESSES, started=self._started):
            self.stderr.write(f"Left out: {problem}")
        self.stdout.write(f"The past of the {city} is there after {time.monotonic() - began:.0f} s.")

    def _started(self, plan: Plan) -> Advance:
        words = f"{len(plan.lives)} children helped over two years"
        return Progress(sum(life.steps for life in plan.lives), what=words).advance
