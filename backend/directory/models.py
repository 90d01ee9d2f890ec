"""A service as its keeper describes it, and how much room it had when somebody last said so."""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q

from backend.agencies.models import Agency, Partnership
from backend.audit.history import history
from backend.core import clock
from backend.core.models import TableClass, Versioned
from backend.directory.states import ServiceStates

# Everybody who is signed in reads the directory of their own partnership; it says nothing about any child.
_SEE_SERVICE = "partnership_id = (SELECT app.actor_partnership())"
# Weighted as people search: the name first, then what it is, then the rest.
_SEARCHED = (
    SearchVector("name", weight="A", config="english")
    + SearchVector("organisation", "summary", weight="B", config="english")
    + SearchVector("description", "eligibility", weight="C", config="english")
)


class Service(ServiceStates, Versioned):
    """What an agency, or an organisation without an account here, offers to children and families."""

    table_class: ClassVar[TableClass] = TableClass.ROOT
    policy: ClassVar[str] = _SEE_SERVICE
    # Nobody is involved with a service: those who keep the entry write its events and its history, and whoever gives
    # the entries of an agency that ends to another.
    adds_at: ClassVar[str] = "kept_by_id = (SELECT app.actor_agency()) OR (SELECT app.is_passing_on())"

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    # Who offers it, if they work here; `organisation` is the name people read either way.
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.CharField(max_length=200)
    # Whose managers answer for the entry: every one has somebody.
    kept_by = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)
    summary = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    # In whole years, both included; none means from birth, or without an upper limit.
    min_age = models.PositiveSmallIntegerField(null=True)
    max_age = models.PositiveSmallIntegerField(null=True)
    is_citywide = models.BooleanField(default=True)
    wards = ArrayField(models.CharField(max_length=20), default=list)
    needs = ArrayField(models.CharField(max_length=60), default=list)
    languages = ArrayField(models.CharField(max_length=60), default=list)
    cost = models.CharField(max_length=40)
    cost_note = models.CharField(max_length=300, blank=True)
    # What was published about the approach, when somebody looked: a copy with its source, never our own judgement.
    evidence = models.CharField(max_length=40)
    evidence_note = models.CharField(max_length=300, blank=True)
    evidence_source = models.CharField(max_length=200, blank=True)
    evidence_on = models.DateField(null=True)
    capacity = models.CharField(max_length=40)
    spaces = models.PositiveSmallIntegerField(null=True)
    wait_weeks = models.PositiveSmallIntegerField(null=True)
    capacity_said_at = models.DateTimeField(null=True)
    capacity_said_by_name = models.CharField(max_length=200, blank=True)
    # It takes a referral at submission, provided its agency has somebody to triage and to manage.
    receives_directly = models.BooleanField(default=False)
    eligibility = models.TextField(blank=True)
    how_to_refer = models.TextField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    website = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=300, blank=True)
    hours_text = models.CharField(max_length=300, blank=True)
    state_reason = models.CharField(max_length=300, blank=True)
    opens_again_on = models.DateField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    # Of an entry that came from elsewhere: which feed, its own id there, on what licence, and what was last read.
    source_name = models.CharField(max_length=100, blank=True)
    source_id = models.CharField(max_length=100, blank=True)
    source_licence = models.CharField(max_length=200, blank=True)
    source_seen_at = models.DateTimeField(null=True)
    source_digest = models.CharField(max_length=64, blank=True)
    search = models.GeneratedField(expression=_SEARCHED, output_field=SearchVectorField(), db_persist=True)

    history = history(_SEE_SERVICE, excluded=("search",))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(ServiceStates.LABELS)), name="service_state_known"),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False) | (~Q(state="ended") & Q(ended_at__isnull=True)),
                name="service_end_has_time",
            ),
            models.CheckConstraint(
                condition=Q(min_age__isnull=True) | Q(max_age__isnull=True) | Q(min_age__lte=F("max_age")),
                name="service_ages_in_order",
            ),
            models.CheckConstraint(condition=~Q(organisation=""), name="service_offered_by_somebody"),
            models.UniqueConstraint(
                fields=["partnership", "source_name", "source_id"],
                condition=~Q(source_id=""),
                name="service_once_per_source",
            ),
        ]
        indexes = [
            models.Index(
                fields=["partnership", "name", "id"],
                condition=Q(state__in=list(ServiceStates.LISTED)),
                name="service_listed",
            ),
            models.Index(fields=["kept_by", "name", "id"], name="service_kept"),
            GinIndex(fields=["needs"], name="service_needs"),
            GinIndex(fields=["wards"], name="service_wards"),
            GinIndex(fields=["search"], name="service_search"),
            GinIndex(fields=["name"], name="service_name_alike", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def root_id(self) -> UUID:
        """A service is its own root."""
        return self.id

    @property
    def child_id(self) -> None:
        """It is about no child."""
        return
