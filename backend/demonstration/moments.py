"""Office time counted back from now: between nine and five on working days, and today up to now whatever day it is."""

from datetime import date, datetime, time, timedelta

from backend.deadlines.calendar import END_OF_DAY, START_OF_DAY, at_local, is_working_day, local

DAY_HOURS = 8.0
_HOUR = timedelta(hours=1)
_MIDNIGHT = time()
_EARLY = timedelta(hours=2.5)


class OfficeTime:
    """Turns "so many office hours ago" into an instant and back; the first hours ago are today's."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._days: list[datetime] = []  # the ends of earlier working days, the latest first
        self._next = local(now).date() - timedelta(days=1)
        self.today = (self._closed() - self._opened()) / _HOUR

    def before(self, hours: float) -> datetime:
        """Return the instant that lies `hours` office hours back."""
        if hours <= self.today:
            return self._closed() - hours * _HOUR
        whole, rest = divmod(hours - self.today, DAY_HOURS)
        return self._day(int(whole)) - rest * _HOUR

    def since(self, moment: datetime) -> float:
        """Return how many office hours back `moment` lies: the opposite of `before`."""
        if moment >= self._opened():
            return max(0.0, (self._closed() - moment) / _HOUR)
        place = 0
        while self._day(place) - DAY_HOURS * _HOUR > moment:
            place += 1
        past = max(0.0, (self._day(place) - moment) / _HOUR)
        return self.today + place * DAY_HOURS + past

    def _opened(self) -> datetime:
        """Return when today began: at nine, or a little before now for a city made by an early bird."""
        day = local(self.now).date()
        return max(at_local(day, _MIDNIGHT), min(at_local(day, START_OF_DAY), self.now - _EARLY))

    def _closed(self) -> datetime:
        """Return the last instant of today that counts."""
        return max(self._opened(), min(self.now, self._end_of(local(self.now).date())))

    def _day(self, place: int) -> datetime:
        while len(self._days) <= place:
            if is_working_day(self._next):
                self._days.append(self._end_of(self._next))
            self._next -= timedelta(days=1)
        return self._days[place]

    @staticmethod
    def _end_of(day: date) -> datetime:
        return at_local(day, END_OF_DAY)
