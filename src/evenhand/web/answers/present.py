"""The words of answers and checks: what each choice means, and what counts as a removal."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.queries.referral import ReferralInFull
from evenhand.rules.answers import RESTRICTED, AnswerKind, Outcome, Seen
from evenhand.rules.officers import Acting
from evenhand.web.forms import Option
from evenhand.web.labels import OUTCOMES
from evenhand.web.sheets import Sheet, standing
from evenhand.web.words import Words

OUTCOME_HINTS: Mapping[Outcome, Words] = {
    Outcome.RESTRICTED_IN_FULL: later(
        "They took it down, or nobody can reach it any more. It counts as a removal once one of"
        " us has looked and seen it gone."
    ),
    Outcome.RESTRICTED_IN_PART: later(
        "They limited it, for example by age, by country, or by a part of it. It counts as a"
        " removal only where one of us sees it gone."
    ),
    Outcome.DECLINED: later("They looked and will not act. That is theirs to decide."),
    Outcome.ALREADY_GONE: later(
        "It was not there when they looked. Never a removal: nothing shows that we caused it."
    ),
    Outcome.GONE_REASON_UNKNOWN: later("It is not there and they do not say why. Never a removal."),
    Outcome.REFERRED_ELSEWHERE: later("They say that another body or service must decide."),
    Outcome.REINSTATED: later(
        "They had restricted it and put it back. A removal that was counted is taken back."
    ),
}
ANSWERS = [
    Option(
        AnswerKind.ACKNOWLEDGED,
        later("They have it, and have not decided yet"),
        later("An acknowledgement, such as a receipt with a number."),
    ),
    *(Option(outcome, OUTCOMES[outcome], OUTCOME_HINTS[outcome]) for outcome in Outcome),
]
SEEN_HINTS: Mapping[Seen, Words] = {
    Seen.VISIBLE: later("You saw the content without signing in."),
    Seen.NOT_VISIBLE: later("The address leads nowhere, or says that the content is gone."),
    Seen.AGE_GATED: later("The page asks for an age or a sign-in before it shows the content."),
    Seen.GEO_LIMITED: later("The page says that the content is not shown in this country."),
}
ANSWER = Sheet(
    title=later("Record the platform’s answer"),
    button=later("Save the answer"),
    lines=(later("Record what the platform says, in its words, also where you disagree."),),
)
CHECK = Sheet(
    title=later("Look again"),
    button=later("Save what you saw"),
    lines=(
        later("Open the address yourself, in a browser where you are not signed in anywhere."),
        later("No machine looks for you: what counts is what a person saw."),
    ),
)


def shown_for_answer(referral: ReferralInFull, _acting: Acting) -> Mapping[str, object]:
    """Show how the referral stands before its answer is recorded."""
    return {"sheet": ANSWER, "standing": standing(referral)}


def shown_for_check(referral: ReferralInFull, _acting: Acting) -> Mapping[str, object]:
    """Show the address, hidden at first, and what seeing it gone would mean."""
    return {
        "sheet": CHECK,
        "standing": standing(referral),
        "address": referral.address,
        "notes": list(_notes(referral)),
    }


def _notes(referral: ReferralInFull) -> Iterator[str]:
    if referral.platform_status in RESTRICTED:
        yield _("The platform says that it restricted it. If you see it gone, it is a removal.")
    else:
        yield _("The platform has not said that it restricted it, so this is no removal.")
