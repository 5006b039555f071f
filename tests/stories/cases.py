"""The day's cases as the story tells them: where each stands, and what must be in its history.

This is written from what the acts mean, not from the code that carries them out: the desk's own
counts, states and histories are compared with it at the end of the day.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

WORKER = "Evenhand"
DECISIONS = ("approve", "return", "refuse")
OUTCOMES = (
    "restricted_in_full",
    "restricted_in_part",
    "declined",
    "already_gone",
    "gone_reason_unknown",
    "referred_elsewhere",
    "reinstated",
)
SEEN = ("not_visible", "visible", "age_gated", "geo_limited")
ENDINGS = ("close", "withdraw", "reopen")
SAME = ""
"""The act moves nothing."""

# What is done: the entry it leaves, the state it leads to, and what it counts as.
ACTS: Mapping[str, tuple[str, str, str]] = {
    "log": ("referral.log", "logged", "logged"),
    "proceed": ("referral.triage", "triaged", "triage_proceed"),
    "emergency": ("referral.triage", "triaged", "triage_emergency"),
    "not_for_us": ("referral.triage", "not_for_us", "triage_not_for_us"),
    "duplicate": ("referral.triage", "duplicate", "triage_duplicate"),
    "record_emergency": ("emergency.record", SAME, ""),
    "start": ("assessment.start", "assessing", ""),
    "submit": ("assessment.submit", "awaiting_approval", ""),
    "leave": ("referral.statutory", "statutory_route", ""),
    "approve": ("referral.approve", "approved", ""),
    "return": ("referral.return", "returned", ""),
    "refuse": ("referral.refuse", "not_referred", "not_referred"),
    "mail": ("notice.request", SAME, ""),
    "accepted": ("notice.accept", "sent", "referred"),
    "bounced": ("notice.fail", "undeliverable", ""),
    "portal": ("notice.byhand", "sent", "referred"),
    "remind": ("notice.request", SAME, ""),
    "reminded": ("notice.accept", SAME, ""),
    "acknowledged": ("answer.record", "acknowledged", ""),
    **dict.fromkeys(OUTCOMES, ("answer.record", "decided", "")),
    **dict.fromkeys(SEEN, ("check.record", "checked", "")),
    "close": ("referral.close", "closed", ""),
    "withdraw": ("referral.withdraw", "withdrawn", "withdrawn"),
    "reopen": ("referral.reopen", "reopened", ""),
    "hand_over": ("referral.handover", SAME, ""),
    "note": ("note.write", SAME, ""),
    "put_off": ("referral.snooze", SAME, ""),
}
# What one request of an officer does, where it is more than one act.
TOGETHER: Mapping[str, Sequence[str]] = {
    "assess": ("start", "submit"),
    "assess_terms": ("start", "submit"),
    "assess_child": ("start", "submit"),
    "statutory": ("start", "leave"),
}


@dataclass(eq=False)
class Case:
    """One referral of the day: its address, its own word, and what is still to be done with it."""

    address: str
    word: str
    logged_by: str
    parts: Sequence[Sequence[str]] = ()
    reference: str = ""
    state: str = ""
    answer: str = ""
    seen: str = ""
    entries: list[tuple[str, str]] = field(default_factory=list)
    counted: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)

    @property
    def is_removal(self) -> bool:
        """The platform restricted it, and a person saw it gone."""
        return self.answer.startswith("restricted") and self.seen == "not_visible"

    @property
    def is_in_the_post(self) -> bool:
        """Its notice was asked for, and what became of it is not taken down yet."""
        return self.entries[-1:] != [] and self.entries[-1][0] == "notice.request"

    def happened(self, verb: str, who: str = WORKER) -> None:
        """Take down that the desk said yes to an act, or to a request that is several acts."""
        acts = TOGETHER.get(verb, (verb,))
        if acts[0] == "start" and self.state == "logged":
            acts = ("proceed", *acts)
        for one in acts:
            entry, state, counts = ACTS[one]
            self.entries.append((entry, who))
            self.state = state or self.state
            self.counted += [counts] if counts else []
        if ACTS[acts[-1]][0] == "answer.record":
            self.answer, self.seen = verb, ""
        if verb in SEEN:
            self.seen = verb


def counts_of(cases: Iterable[Case]) -> Counter[str]:
    """Count what the desk should count of its day."""
    several = list(cases)
    found = Counter(it for case in several for it in case.counted)
    found["removals"] = sum(case.is_removal for case in several)
    return found
