"""Two hundred referrals: where each comes from, who does what with it, and in which half of a day.

A step is “who verb”, or “who refused verb RULE” for what must be refused to them.
"""

from collections.abc import Mapping
from random import Random

from tests.stories.cases import Case

SEED = 2026
NOBODY_HOME = "nobody-home.example"
PLACES: Mapping[str, str] = {
    "site": "https://site{n}.example/post/{n}",
    "video": "https://youtu.be/{n:011d}",
    "clip": "https://clipnest.example/v/day-{n}",
    "account": "https://www.tiktok.com/@fictional{n}/video/73{n:017d}",
    "nobody": "https://" + NOBODY_HOME + "/post/{n}",
}
BY_CALL = "bo assess, gus approve, bo mail"
SAM = "ada assess, sam approve"
GONE = "bo restricted_in_full, bo not_visible"
SEEN_BY_ELI = "eli restricted_in_full, eli not_visible, eli close"
TERMS = "bo assess_terms, gus refused approve E-TWO-02, sam approve, bo mail"
CHILD = "bo assess_child, gus refused approve E-CHD-74, sam approve, bo mail"
RETURNED = "bo assess, gus return, bo assess, gus approve, bo mail"
OWN = "gus assess, gus refused approve E-TWO-01, sam approve, gus mail"
EMERGENCY = "bo emergency, bo record_emergency, bo assess, gus approve, bo mail"
IN_A_BROWSER = f"ada emergency, ada record_emergency, {SAM}, ada mail"
TO_REOPEN = f"{GONE}, bo close, bo refused reopen E-WHO-02, gus reopen"

# How many, where, who logs them, the morning, the afternoon.
PLAN: tuple[tuple[int, str, str, str, str], ...] = (
    # Ada pastes a list. Six of it are one film, which she assesses together.
    (6, "video", "ada-list", "ada together, gus approve, bo mail", f"{GONE}, eli close"),
    (12, "account", "ada-list", BY_CALL, "bo declined, bo visible, bo close"),
    (15, "site", "ada-list", BY_CALL, GONE),
    (10, "site", "ada-list", "", ""),
    # What the desk has already: linked as a repeat, or logged again for a reason.
    (1, "again", "ada-list", "", ""),
    (1, "again", "ada-list", "eli not_for_us", ""),
    # Bo sends a list by program. Eli takes ten of it over and assesses them together.
    (10, "video", "bo-list", "eli together, gus approve, bo mail", "bo restricted_in_part"),
    (12, "site", "bo-list", BY_CALL, f"{GONE}, bo close"),
    (6, "site", "bo-list", "bo assess, gus refuse", ""),
    (5, "site", "bo-list", RETURNED, GONE),
    (5, "site", "bo-list", TERMS, "bo declined, bo visible"),
    (4, "site", "bo-list", CHILD, f"{GONE}, bo close"),
    (5, "site", "bo-list", BY_CALL, "bo acknowledged"),
    # One at a time: Bo by program, Eli by plain forms, Ada in her browser, Gus once himself.
    (12, "site", "bo", "bo not_for_us", ""),
    (5, "site", "bo", "bo duplicate", ""),
    (2, "site", "bo", EMERGENCY, f"{GONE}, bo close"),
    (1, "site", "bo", "bo statutory", ""),
    (8, "site", "bo", "bo proceed", ""),
    (27, "site", "bo", BY_CALL, f"{GONE}, bo close"),
    (4, "site", "bo", BY_CALL, "bo already_gone, bo not_visible, bo close"),
    (3, "site", "bo", BY_CALL, "bo gone_reason_unknown, bo not_visible"),
    (2, "site", "bo", BY_CALL, "bo referred_elsewhere, bo age_gated"),
    (2, "site", "bo", BY_CALL, f"{GONE}, bo close, bo reinstated"),
    (2, "site", "bo", BY_CALL, f"{GONE}, bo visible"),
    (4, "site", "bo", "bo assess, gus approve", "bo withdraw"),
    (3, "site", "bo", BY_CALL, TO_REOPEN),
    (4, "site", "bo", BY_CALL, ""),
    (3, "nobody", "bo", BY_CALL, "bo close"),
    (3, "clip", "bo", "bo assess, gus approve, bo portal", f"{GONE}, bo close"),
    (3, "site", "bo", "bo assess", ""),
    (6, "site", "eli", "eli not_for_us", ""),
    (2, "clip", "eli", "eli assess, gus approve, eli portal", SEEN_BY_ELI),
    (7, "site", "eli", "eli assess, gus approve, eli mail", SEEN_BY_ELI),
    (1, "site", "ada", f"{SAM}, ada mail", "ada restricted_in_full, ada not_visible, ada close"),
    (1, "site", "ada", IN_A_BROWSER, "ada declined"),
    (1, "clip", "ada", f"{SAM}, ada portal", "ada restricted_in_full, ada geo_limited"),
    (2, "site", "gus", OWN, GONE),
)


def the_day() -> list[Case]:
    """Make the day's cases, in an order that is the same every time."""
    cases: list[Case] = []
    for many, place, logged_by, *halves in PLAN:
        for _ in range(many):
            number = 1000 + len(cases)
            case = Case(
                address=PLACES.get(place, place).format(n=number),
                word=f"zqday{number}",
                logged_by=logged_by,
                parts=[[step for step in half.split(", ") if step] for half in halves],
            )
            cases.append(case)
    Random(SEED).shuffle(cases)  # noqa: S311 - an order, not a secret
    return cases
