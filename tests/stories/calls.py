"""The acts of an officer as calls of the API, by the verbs of the stories."""

from collections.abc import Mapping
from typing import Any

from tests.api.callers import assessment, intake
from tests.stories.cases import DECISIONS, ENDINGS, OUTCOMES, SEEN, Case

WHY = "We looked at it together, and this is right."
CHILDREN = {"child": "likely", "child_interests": "To be left out of it."}
TERMS = {"harm": "X1", "ground": "terms", "provision": "", "provision_why": ""}

Body = dict[str, Any]


def said_of(case: Case) -> str:
    """Describe a case by a word that no other has."""
    return f"A fictional post, {case.word}, threatens a fictional street."


def asked_to_log(case: Case) -> Body:
    """Give the body of the call that logs a case."""
    return intake(url=case.address, description=said_of(case))


CALLS: Mapping[str, tuple[str, Body]] = {
    "proceed": ("triage", {"outcome": "proceed"}),
    "not_for_us": ("triage", {"outcome": "not_for_us", "reason": WHY, "signpost": "report-fraud"}),
    "duplicate": ("triage", {"outcome": "duplicate", "reason": WHY}),
    "emergency": ("triage", {"outcome": "emergency"}),
    "record_emergency": ("emergency", {"done": ["control_room"], "told": "The duty inspector"}),
    "statutory": ("statutory-route", {"reported_to": "iwf", "reported_reference": "IWF-2026-7"}),
    "assess": ("assessment", assessment()),
    "assess_terms": ("assessment", assessment(**TERMS)),
    "assess_child": ("assessment", assessment(**CHILDREN)),
    "mail": ("notices", {"transport": "email"}),
    "acknowledged": ("answers", {"kind": "acknowledged"}),
    **{it: ("decisions", {"decision": it, "reason": WHY}) for it in DECISIONS},
    **{it: ("answers", {"kind": "decided", "outcome": it}) for it in OUTCOMES},
    **{it: ("checks", {"seen": it}) for it in SEEN},
    **{it: (it, {"reason": WHY}) for it in ENDINGS},
}
