"""What a notice to a platform says, and what it never says."""

import re
from datetime import UTC, datetime

import pytest

from evenhand.rules.assessments import Ground
from evenhand.rules.messages import (
    BONA_FIDE,
    chase_message,
    referral_message,
    withdrawal_explanation,
    withdrawal_message,
)
from tests.builders import NOW, notice_facts

NOT_THE_LAW = "We do not say that it is against the law."


@pytest.mark.parametrize("ground", list(Ground))
def test_a_notice_gives_each_ground_it_rests_on_and_no_other(ground: Ground) -> None:
    facts = notice_facts(ground=ground)
    body = referral_message(facts).body
    assert (facts.provision in body) == (ground in {"illegal", "both"})
    assert (facts.provision_why in body) == (ground in {"illegal", "both"})
    assert (facts.policy_clause in body) == (ground in {"terms", "both"})
    assert (facts.policy_version in body) == (ground in {"terms", "both"})
    assert (NOT_THE_LAW in body) == (ground is Ground.TERMS)


def test_a_notice_holds_what_article_16_of_the_dsa_asks_for() -> None:
    facts = notice_facts()
    message = referral_message(facts)
    for part in (facts.url, facts.provision_why, facts.desk, facts.contact, BONA_FIDE):
        assert part in message.body
    assert message.subject.startswith("[2026-000001]")


def test_a_notice_asks_and_never_orders() -> None:
    body = referral_message(notice_facts()).body
    assert "This is a request, not an order." in body
    assert not re.search(r"\b(must|shall|require|demand|order you|obliged)\b", body)


def test_a_notice_says_that_people_decided() -> None:
    assert "A second person approved this notice." in referral_message(notice_facts()).body


def test_a_reminder_says_which_and_since_when() -> None:
    first = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    message = chase_message(notice_facts(), first_sent_at=first, number=2)
    assert "First sent on: 02 November 2026" in message.body
    assert "Reminder number: 2" in message.body
    assert notice_facts().url in message.body
    assert message.subject == referral_message(notice_facts()).subject


def test_a_reminder_does_not_repeat_the_assessment() -> None:
    facts = notice_facts()
    first = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    body = chase_message(facts, first_sent_at=first, number=1).body
    for part in (facts.evidence, facts.provision_why, facts.policy_why):
        assert part not in body


def test_a_withdrawal_asks_to_put_back_and_gives_no_reason_of_ours() -> None:
    plain = withdrawal_message(notice_facts(), sent_at=NOW)
    assert "Please treat it as never made." in plain.body
    assert "We withdraw what we asked you about the content at this address:" in plain.body
    assert "20 November 2026" in plain.body
    assert notice_facts().provision_why not in plain.body
    order = withdrawal_message(notice_facts(), sent_at=NOW, is_order=True)
    assert "We withdraw the content removal notice" in order.body
    assert notice_facts().reference in withdrawal_explanation(notice_facts(), sent_at=NOW)
