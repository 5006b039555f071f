"""The notice of DSA Article 16 as a file: ``notice.json``, after our published JSON Schema."""

import json
from uuid import UUID

from evenhand.rules.assessments import AUTOMATED_DECISION, AUTOMATED_DETECTION, Ground
from evenhand.rules.messages import BONA_FIDE, NoticeFacts, referral_message
from evenhand.rules.notice_forms import Enclosure, Rendering

FORMAT = "evenhand-notice-1"


def render(facts: NoticeFacts, notice: UUID) -> Rendering:
    """Write the plain notice, and beside it the same as a file that a program can read."""
    document = json.dumps(_document(facts, notice), ensure_ascii=False, indent=2)
    return Rendering(
        referral_message(facts),
        (Enclosure("notice.json", "application/json", document.encode()),),
    )


def _document(facts: NoticeFacts, notice: UUID) -> dict[str, object]:
    return {
        "format": FORMAT,
        "notice_id": str(notice),
        "reference": facts.reference,
        "notifier": {"name": facts.desk, "email": facts.contact},
        "content": {"url": facts.url, "seen_at": facts.observed_at.isoformat()},
        "harm": {
            "code": facts.harm.code,
            "title": facts.harm.title,
            "dsa_category": facts.harm.dsa_category,
            "dsa_keywords": list(facts.harm.dsa_keywords),
        },
        "grounds": _grounds(facts),
        "explanation": facts.evidence,
        "bona_fide": BONA_FIDE,
        "automated_detection": AUTOMATED_DETECTION,
        "automated_decision": AUTOMATED_DECISION,
    }


def _grounds(facts: NoticeFacts) -> dict[str, dict[str, str]]:
    grounds: dict[str, dict[str, str]] = {}
    if facts.ground in {Ground.ILLEGAL, Ground.BOTH}:
        grounds["law"] = {"provision": facts.provision, "why": facts.provision_why}
    if facts.ground in {Ground.TERMS, Ground.BOTH}:
        grounds["terms"] = {
            "clause": facts.policy_clause,
            "version": facts.policy_version,
            "why": facts.policy_why,
        }
    return grounds
