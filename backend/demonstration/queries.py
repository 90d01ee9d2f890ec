"""How far the demo city's past has been filled in."""

from django.conf import settings

from backend.core.errors import NotFound
from backend.demonstration.models import City


def filling() -> dict[str, int]:
    """Return how many children's past is there, of how many; raise NotFound where no demo city is open."""
    city = City.objects.filter(finished_at__isnull=False).order_by("-begun_at").first() if settings.DEMO else None
    if city is None:
        raise NotFound
    total = city.past_lives
    return {"total": total, "done": total if city.past_finished_at else city.past_walked}
