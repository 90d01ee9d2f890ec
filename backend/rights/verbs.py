"""The words of the verbs about requests for a copy, as a refusal because somebody was faster says them."""

from backend.audit.verbs import register_verbs

_LABELS = {
    "subject_request.record": "Recorded a request for a copy",
    "subject_request.confirm": "Agreed that the request is opened",
    "subject_request.extend": "Made the time longer",
    "subject_request.send_for_check": "Sent the copy for a check",
    "subject_request.send_back": "Sent the copy back",
    "subject_request.release": "Released the copy",
    "subject_request.ask_to_refuse": "Asked that the request is refused",
    "subject_request.go_on": "Did not refuse the request",
    "subject_request.refuse": "Refused the request",
    "subject_request.ask_to_withdraw": "Asked that the request is withdrawn",
    "subject_request.keep": "Did not withdraw the request",
    "subject_request.withdraw": "Withdrew the request",
    "rectification.record": "Wrote down that somebody says a note is wrong",
    "rectification.decide": "Decided about what somebody says is wrong",
}


def register() -> None:
    """Register them."""
    register_verbs(_LABELS)
