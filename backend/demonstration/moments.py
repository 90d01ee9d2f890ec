"""Office time counted back from now: when a story's steps happened, always between nine and five on a working day."""

from datetime import date, datetime, time, timedelta

from backend.deadlines.calendar import END_OF_DAY, START_OF_DAY, at_local, is_working_day, local

DAY_HOURS = 8.0
_HOUR = timedelta(hours=1)
_MIDNIGHT = time()


class OfficeTime:
    """Turns "so many office hours ago" into an instant and back; the first hours ago are today's, if there are any."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._days: list[datetime] = []  # the ends of earlier working days, the latest first
        self._next = local(now).date() - timedelta(days=1)
        self.today = self._hours_today()

    def before(self, hours: float) -> datetime:
        """Return the instant that lies `hours` office hours back."""
        if hours <= self.today:
            return min(self.now, self._end_of(local(self.now).date())) - hours * _HOUR
        whole, rest = divmod(hours - self.today, DAY_HOURS)
        return self._day(int(whole)) - rest * _HOUR

    def since(self, moment: datetime) -> float:
        """Return how many office hours back `moment` lies: the opposite of `before`."""
        opened = at_local(local(self.now).date(), START_OF_DAY)
        if self.today and moment >= opened:
            return max(0.0, (min(self.now, self._end_of(local(self.now).date())) - moment) / _HOUR)
        place = 0
        while self._day(place) - DAY_HOURS * _HOUR > moment:
            place += 1
        past = max(0.0, (self._day(place) - moment) / _HOUR)
        return self.today + place * DAY_HOURS + past

    def earlier_today(self, share: float) -> datetime:
        """Return an instant of this very day: `share` 0 is its beginning at the office, 1 is now."""
        day = local(self.now).date()
        opened = at_local(day, START_OF_DAY)
        began = opened if opened < self.now - _HOUR else at_local(day, _MIDNIGHT)
        return began + share * (self.now - began)

    def _hours_today(self) -> float:
        day = local(self.now).date()
        if not is_working_day(day):
            return 0.0
        worked = min(self.now, self._end_of(day)) - at_local(day, START_OF_DAY)
        return max(0.0, worked / _HOUR)

    def _day(self, place: int) -> datetime:
        while len(self._days) <= place:
            if is_working_day(self._next):
                self._days.append(self._end_of(self._next))
            self._next -= timedelta(days=1)
        return self._days[place]

    @staticmethod
    def _end_of(day: date) -> datetime:
        return at_local(day, END_OF_DAY)
