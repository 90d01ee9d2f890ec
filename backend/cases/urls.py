"""Routes of cases, transfers and tasks, under /api/v1/."""

from collections.abc import Mapping

from django.urls import path

from backend.access.policy import Permission
from backend.cases import concern_urls, detail_urls, plan_urls, relationship_urls, seal_urls, team_urls
from backend.cases.agreement_views import FamilyAnswers
from backend.cases.alert_views import CaseAlertReviews, CaseAlerts
from backend.cases.assessment_views import AssessmentDetail, AssessmentDraft, CaseAssessments
from backend.cases.caseload_views import CasePractitioners
from backend.cases.chronology_views import CaseSignificantEvents, CaseTimeline
from backend.cases.closed_views import ClosedCases, ClosedFilters
from backend.cases.commands import assessment_machine, case_machine, note_machine, task_machine, transfer_machine
from backend.cases.commands.notes import noted_case
from backend.cases.commands.renewing import renew_sharing, sharer_at
from backend.cases.commands.withdrawing import withdraw_sharing
from backend.cases.mention_views import NoteReaders
from backend.cases.note_views import CaseNotes, NoteDetail
from backend.cases.page_views import CaseIdentity
from backend.cases.queries import visible_to
from backend.cases.queries.sharing import shared_roots
from backend.cases.rules.noting import FORM
from backend.cases.serializers import shapes
from backend.cases.serializers.assessing import ASSESSMENT_INPUTS, AssessmentShape, assessment_data
from backend.cases.serializers.inputs import CASE_INPUTS, TRANSFER_INPUTS
from backend.cases.serializers.noting import NOTE_INPUTS, NoteShape, note_data
from backend.cases.serializers.previewing import outside_reader, proposed_reader
from backend.cases.serializers.representing import case_data, transfer_data
from backend.cases.serializers.tasks import TASK_INPUTS, TaskShape, task_data
from backend.cases.serializers.working_inputs import NoteInput
from backend.cases.views import CaseDetail, TaskDetail, TaskList, TransferDetail, TransferList
from backend.documents.views import document_form_view, documents_view
from backend.sharing.renewal_views import Renewing, renewal_views
from backend.sharing.views import ledger_view
from backend.sharing.withdrawal_views import withdrawal_view
from backend.workflow.preview_views import Readers, preview_routes
from backend.workflow.typing_views import typed_view
from backend.workflow.views import transition_routes

RENEWING = Renewing("case", visible_to, Permission.CASE_RENEW_SHARING, sharer_at, renew_sharing)
CaseSharing = ledger_view("case", visible_to, shared_roots, RENEWING.ids)
CaseShares, RenewSharing = renewal_views(RENEWING)
WithdrawSharing = withdrawal_view("case", visible_to, withdraw_sharing, case_data, shapes.CaseShape)
CaseDocuments = documents_view("case", visible_to, place="cases")
CaseDocumentForm = document_form_view("case", visible_to, place="cases")
TypedNote = typed_view("case.write_note", noted_case, NoteInput, form=FORM)

# Whom else the edges of a case show something to.
_READERS: Mapping[str, Readers] = {"propose_transfer": proposed_reader, "transfer_out": outside_reader}

urlpatterns = [
    *plan_urls.urlpatterns,
    *team_urls.urlpatterns,
    *relationship_urls.urlpatterns,
    *concern_urls.urlpatterns,
    *detail_urls.urlpatterns,
    *seal_urls.urlpatterns,
    path("cases/closed/", ClosedCases.as_view(), name="cases-closed"),
    path("cases/closed/filters/", ClosedFilters.as_view(), name="cases-closed-filters"),
    path("cases/<uuid:pk>/", CaseDetail.as_view(), name="case"),
    path("cases/<uuid:pk>/identity/", CaseIdentity.as_view(), name="case-identity"),
    path("cases/<uuid:pk>/alerts/", CaseAlerts.as_view(), name="case-add-alert"),
    path("cases/<uuid:pk>/alert-reviews/", CaseAlertReviews.as_view(), name="case-review-alert"),
    path("cases/<uuid:pk>/practitioners/", CasePractitioners.as_view(), name="case-practitioners"),
    path("cases/<uuid:pk>/notes/", CaseNotes.as_view(), name="case-notes"),
    path("cases/<uuid:pk>/note-readers/", NoteReaders.as_view(), name="case-note-readers"),
    path("cases/<uuid:pk>/notes/draft/", TypedNote.as_view(), name="case-note-draft"),
    path("cases/<uuid:pk>/agreements/", FamilyAnswers.as_view(), name="case-agreements"),
    path("cases/<uuid:pk>/timeline/", CaseTimeline.as_view(), name="case-timeline"),
    path("cases/<uuid:pk>/significant-events/", CaseSignificantEvents.as_view(), name="case-record-significant-event"),
    *preview_routes(case_machine, CASE_INPUTS, _READERS, prefix="cases"),
    *transition_routes(case_machine, CASE_INPUTS, prefix="cases", represent=case_data, shape=shapes.CaseShape),
    path("cases/<uuid:pk>/documents/", CaseDocuments.as_view(), name="case-documents"),
    path("cases/<uuid:pk>/documents/form/", CaseDocumentForm.as_view(), name="case-document-form"),
    path("cases/<uuid:pk>/sharing/", CaseSharing.as_view(), name="case-sharing"),
    path("cases/<uuid:pk>/shares/", CaseShares.as_view(), name="case-shares"),
    path("cases/<uuid:pk>/renew-sharing/", RenewSharing.as_view(), name="case-renew-sharing"),
    path("cases/<uuid:pk>/withdraw-sharing/", WithdrawSharing.as_view(), name="case-withdraw-sharing"),
    path("cases/<uuid:pk>/assessments/", CaseAssessments.as_view(), name="case-assessments"),
    path("assessments/<uuid:pk>/", AssessmentDetail.as_view(), name="assessment"),
    path("assessments/<uuid:pk>/draft/", AssessmentDraft.as_view(), name="assessment-draft"),
    *transition_routes(
        assessment_machine,
        ASSESSMENT_INPUTS,
        prefix="assessments",
        represent=assessment_data,
        shape=AssessmentShape,
    ),
    path("notes/<uuid:pk>/", NoteDetail.as_view(), name="note"),
    *transition_routes(note_machine, NOTE_INPUTS, prefix="notes", represent=note_data, shape=NoteShape),
    path("transfers/", TransferList.as_view(), name="transfers"),
    path("transfers/<uuid:pk>/", TransferDetail.as_view(), name="transfer"),
    *transition_routes(
        transfer_machine,
        TRANSFER_INPUTS,
        prefix="transfers",
        represent=transfer_data,
        shape=shapes.TransferShape,
    ),
    path("tasks/", TaskList.as_view(), name="tasks"),
    path("tasks/<uuid:pk>/", TaskDetail.as_view(), name="task"),
    *transition_routes(task_machine, TASK_INPUTS, prefix="tasks", represent=task_data, shape=TaskShape),
]
