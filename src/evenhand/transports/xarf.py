"""The notice as a XARF version 4 report: an e-mail of type feedback-report with ``xarf.json``.

Only what a person found and wrote is in it: no score of confidence and nothing about who posted.
"""

import json
from base64 import b64encode
from urllib.parse import urlsplit
from uuid import UUID

from evenhand.rules.harms import XarfType
from evenhand.rules.messages import NoticeFacts, explanation, referral_message
from evenhand.rules.notice_forms import Enclosure, Rendering, ReportKind

VERSION = "4.2.0"
LONGEST_NAME = 200
FEEDBACK = b"Feedback-Type: xarf\r\nUser-Agent: Evenhand\r\nVersion: 1\r\n"
FEEDBACK_KIND = "message/feedback-report"


def render(facts: NoticeFacts, notice: UUID, kind: ReportKind) -> Rendering:
    """Write the plain notice with a XARF report of one kind."""
    reasons = explanation(facts)
    report = json.dumps(_report(facts, notice, kind, reasons), ensure_ascii=False)
    return Rendering(
        referral_message(facts),
        (
            Enclosure("", FEEDBACK_KIND, FEEDBACK),
            Enclosure("xarf.json", "application/json", report.encode()),
        ),
    )


def _report(facts: NoticeFacts, notice: UUID, kind: ReportKind, reasons: str) -> dict[str, object]:
    host = urlsplit(facts.url).hostname or ""
    desk = {
        "org": facts.desk[:LONGEST_NAME],
        "contact": facts.contact,
        "domain": facts.contact.rpartition("@")[2],
    }
    return {
        "xarf_version": VERSION,
        "report_id": str(notice),
        "timestamp": facts.observed_at.isoformat(),
        "reporter": desk,
        "sender": desk,
        "source_identifier": host,
        "category": "content",
        "type": kind.type,
        "url": facts.url,
        "verified_at": facts.observed_at.isoformat(),
        "verification_method": "manual",
        "description": f"{facts.harm.title}. Reference {facts.reference}.",
        "evidence": [
            {
                "content_type": "text/plain",
                "description": "The reasons of this notice",
                "payload": b64encode(reasons.encode()).decode("ascii"),
            }
        ],
        **_details(kind),
    }


def _details(kind: ReportKind) -> dict[str, object]:
    """Give what one type of report needs besides."""
    details: dict[XarfType, dict[str, object]] = {
        XarfType.FRAUD: {"fraud_type": kind.detail},
        XarfType.CSEM: {"exploitation_type": kind.detail, "detection_method": "manual_review"},
        XarfType.EXPOSED_DATA: {
            "data_types": ["personal_information"],
            "exposure_method": kind.detail,
        },
    }
    return details.get(kind.type, {})
