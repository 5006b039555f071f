"""What is asked when a challenge is settled, and when a referral is kept from posters."""

from django.utils.translation import gettext_lazy as later

from evenhand.rules.challenges import LONGEST_TOLD, ChallengeStanding
from evenhand.rules.notification import GROUND_WORDS, RestrictionGround
from evenhand.web.act_forms import ActForm, ReasonField
from evenhand.web.forms import DayField, HouseForm, OneField, Option, WordsField


class SettleForm(HouseForm):
    """How a challenge ends, why, and what its challenger reads."""

    asks = "challenge"
    outcome = OneField(
        label=later("How does it end?"),
        missing=later("Select how the challenge ends"),
        options=[
            Option(
                ChallengeStanding.UPHELD,
                later("Upheld"),
                later("It was wrong of us to ask. The referral is withdrawn."),
            ),
            Option(
                ChallengeStanding.UPHELD_IN_PART,
                later("Upheld in part"),
                later("Part of what we asked was wrong. The referral is withdrawn."),
            ),
            Option(
                ChallengeStanding.REJECTED,
                later("Rejected"),
                later("We stand by it. The referral goes back to where it stood."),
            ),
        ],
    )
    reasons = ReasonField(
        label=later("Why?"),
        needed=later("Enter why it ends so"),
        hint=later("For colleagues. Weigh what the challenger says, and the freedom to say it."),
    )
    told = WordsField(
        label=later("What does the challenger read?"),
        called=later("What the challenger reads"),
        hint=later("Whoever has the receipt number reads it. Name nobody, and no source."),
        missing=later("Enter what the challenger reads"),
        longest=LONGEST_TOLD,
        rows=5,
        count=True,
    )


class WithholdForm(ActForm):
    """Until when posters are not told of a referral, on which ground, and why."""

    asks = "withhold"
    ground = OneField(
        label=later("On which ground in law are posters not told?"),
        missing=later("Select a ground"),
        options=[(it, later(GROUND_WORDS[it])) for it in RestrictionGround],
    )
    until = DayField(
        label=later("Until which day?"),
        called=later("The last day"),
        missing=later("Enter the last day on which they are not told"),
        hint=later("Within 90 days. After it, whoever asks is told again."),
    )
    reasons = ReasonField(label=later("Why?"), needed=later("Enter why posters are not told"))


class TellAgainForm(ActForm):
    """Why what was kept from posters is told before its day."""

    reason = ReasonField(
        label=later("Why is the ground gone?"), needed=later("Enter why the ground is gone")
    )
