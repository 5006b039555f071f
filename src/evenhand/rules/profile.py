"""What one desk may set for itself, within limits that code keeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from evenhand.rules.notice_forms import NoticeForm

LIMITS = {
    "session_hours": (1, 12),
    "idle_minutes": (5, 120),
    "triage_days": (1, 20),
    "assess_days": (1, 40),
    "decide_days": (1, 20),
    "send_days": (1, 20),
    "first_chase_days": (1, 60),
    "chase_gap_days": (1, 60),
    "chases_before_silence": (1, 5),
    "check_days": (1, 20),
    "close_days": (1, 60),
    "snooze_days": (1, 60),
    "challenge_days": (1, 20),
    "snoozes_of_a_step": (1, 10),
}
TEXTS = (
    "name",
    "contact_email",
    "dpo_email",
    "log_origin",
    "witness_policy",
    "time_zone",
    "country",
)
CHOICES = ("second_factor_required", "token_may_decide", "captures", "equality_tally", "demo")
NOTICE_FORMS = "notice_forms"
REGIME = "regime"


class Regime(StrEnum):
    """The law of data protection that a desk works under. Each has exactly one. A01.

    ``uk_part3`` is Part 3 of the Data Protection Act 2018, for competent authorities (ss.29 to 31);
    ``eu_led`` is Directive (EU) 2016/680.
    """

    UK_PART3 = "uk_part3"
    UK_GDPR = "uk_gdpr"
    EU_LED = "eu_led"
    EU_GDPR = "eu_gdpr"


class ProfileWrong(ValueError):
    """A desk profile that cannot be used; the text lists every fault."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One desk's settings.

    ``dpo_email`` is where people write to the data protection officer, who need not be an officer
    of the desk.
    ``log_origin`` names the desk's log for good: a host of the desk's and a path, without a scheme.
    ``witness_policy`` says which witnesses are asked and how many must cosign, in the lines of
    https://c2sp.org/tlog-policy; those of the log itself are added.
    Every number of days counts whole working days of ``country`` (ISO 3166-2, such as GB-ENG).
    ``first_chase_days`` and ``chase_gap_days`` count from the last message sent to the platform;
    ``chases_before_silence`` chases without an answer make a referral *no response*. The others
    say how long a referral may wait for each step, and for how long and how often one step may be
    put off.
    ``challenge_days`` says by when a challenge to a referral is settled. No law that we verified
    names a time; DPA 2018 s.164A asks for no undue delay with complaints.
    ``session_hours`` is the longest a sign-in lasts; ``idle_minutes`` the longest pause in it.
    ``regime`` is the law of data protection that it works under: people are held under Part 3 only.
    ``notice_forms`` are the forms of notice that the law lets the desk send.
    ``token_may_decide`` lets an API token approve and share (decision 9 of the catalogue).
    ``captures`` lets officers keep files of what they saw, where strictly needed (decision 7).
    ``equality_tally`` lets officers count by perceived or stated ethnic group, joined to nothing.
    """

    name: str
    contact_email: str
    dpo_email: str
    log_origin: str
    witness_policy: str
    time_zone: str
    country: str
    regime: Regime
    notice_forms: tuple[NoticeForm, ...]
    second_factor_required: bool
    token_may_decide: bool
    captures: bool
    equality_tally: bool
    demo: bool
    session_hours: int
    idle_minutes: int
    triage_days: int
    assess_days: int
    decide_days: int
    send_days: int
    first_chase_days: int
    chase_gap_days: int
    chases_before_silence: int
    check_days: int
    close_days: int
    snooze_days: int
    challenge_days: int
    snoozes_of_a_step: int


def read_profile(document: Mapping[str, object]) -> Profile:
    """Read a desk's profile from its TOML document. Raises ProfileWrong with every fault."""
    faults = [f"{key}: not a setting of a profile" for key in document if key not in _NAMES]
    faults += [f"{key}: missing" for key in _NAMES if key not in document]
    read = {key: document[key] for key in _NAMES if key in document}
    faults += [f for key, it in read.items() if (f := _fault(key, it))]
    if faults:
        raise ProfileWrong("; ".join(faults))
    return Profile(
        name=str(read["name"]),
        contact_email=str(read["contact_email"]),
        dpo_email=str(read["dpo_email"]),
        log_origin=str(read["log_origin"]),
        witness_policy=str(read["witness_policy"]),
        time_zone=str(read["time_zone"]),
        country=str(read["country"]),
        regime=Regime(str(read[REGIME])),
        notice_forms=tuple(NoticeForm(it) for it in _texts(read[NOTICE_FORMS])),
        second_factor_required=bool(read["second_factor_required"]),
        token_may_decide=bool(read["token_may_decide"]),
        captures=bool(read["captures"]),
        equality_tally=bool(read["equality_tally"]),
        demo=bool(read["demo"]),
        **{key: int(str(read[key])) for key in LIMITS},
    )


def _fault(key: str, value: object) -> str:
    if key in TEXTS:
        return "" if isinstance(value, str) else f"{key}: must be a text"
    if key == REGIME:
        known = ", ".join(Regime)
        return "" if value in list(Regime) else f"{key}: must be one of {known}"
    if key == NOTICE_FORMS:
        known = ", ".join(NoticeForm)
        return (
            ""
            if set(NoticeForm) >= set(_texts(value)) >= {NoticeForm.PLAIN}
            else (f"{key}: must be a list of some of {known}, and plain is always one")
        )
    if key in CHOICES:
        return "" if isinstance(value, bool) else f"{key}: must be true or false"
    least, most = LIMITS[key]
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
        return ""
    return f"{key}: must be a whole number from {least} to {most}"


def _texts(value: object) -> list[str]:
    return [str(it) for it in value] if isinstance(value, list) else []


_NAMES = (*TEXTS, REGIME, NOTICE_FORMS, *CHOICES, *LIMITS)
