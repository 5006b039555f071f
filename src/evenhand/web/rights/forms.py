"""What is asked on the pages of the rights desk."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.rules.notification import GROUND_WORDS, RestrictionGround
from evenhand.rules.public_rights import LONGEST_ASKED, RightsKind
from evenhand.rules.rights import CameBy, Mark, Withheld
from evenhand.rules.rights_replies import NEEDS_REASONS, OUTCOMES, Reply, RightsOutcome, Route
from evenhand.rules.rights_reviews import RestrictionOutcome, Review
from evenhand.web.act_forms import ReasonField, with_plain_lines
from evenhand.web.forms import (
    DayField,
    HouseForm,
    LineField,
    ManyField,
    OneField,
    Option,
    WordsField,
    asked_of_another,
)
from evenhand.web.public.rights_forms import AskAboutDataForm
from evenhand.web.rights import words
from evenhand.web.written_in import written_in

THEIRS, NOT_THEIRS = "theirs", "another"
APPROVE, RETURN = "approve", "return"


class LogForm(AskAboutDataForm):
    """A request that came by mail or on paper, with the day on which it came."""

    came_by = OneField(
        label=later("How did it come?"),
        missing=later("Select how it came"),
        options=[(it, words.CAME_BY[it]) for it in (CameBy.MAIL, CameBy.PAPER)],
    )
    received_on = DayField(
        label=later("On which day did it reach the desk?"),
        called=later("The day"),
        missing=later("Enter the day on which it reached the desk"),
        hint=later("From that day the month counts, whoever had it first."),
    )
    language = written_in()
    kind = asked_of_another(
        AskAboutDataForm,
        "kind",
        OneField,
        label=later("What do they ask for?"),
        missing=later("Select what they ask for"),
    )
    kind.offer(words.KINDS.items())
    name = asked_of_another(
        AskAboutDataForm,
        "name",
        LineField,
        label=later("Their whole name"),
        called=later("Their name"),
        missing=later("Enter their whole name"),
        hint=later("As they write it. Whoever searches looks for exactly this name."),
    )
    birth_date = asked_of_another(
        AskAboutDataForm,
        "birth_date",
        DayField,
        label=later("Their birth date (optional)"),
        called=later("Their birth date"),
        hint=later(
            "Where they give it. Without it, records that have none are searched by the name."
        ),
    )
    wish = asked_of_another(
        AskAboutDataForm,
        "wish",
        WordsField,
        label=later("What do they write? (optional)"),
        called=later("What they write"),
        hint=later("Word for word, with any other name that they have had."),
    )
    email = asked_of_another(
        AskAboutDataForm,
        "email",
        LineField,
        label=later("Their e-mail address for the answer"),
        hint=later("E-mail is not sealed on its way. Leave it out if they want paper."),
    )
    postal = asked_of_another(
        AskAboutDataForm, "postal", WordsField, label=later("Or their postal address")
    )
    field_order = ("came_by", "received_on", "language")


class HappenedForm(HouseForm):
    """What happened with a request and moves its clock."""

    asks = "happened"
    what = OneField(
        label=later("What happened?"),
        missing=later("Select what happened"),
        options=[
            Option(it, text, words.HAPPENED_HINTS.get(it, ""))
            for it, text in words.HAPPENED.items()
        ],
    )
    on = DayField(
        label=later("On which day?"),
        called=later("The day"),
        missing=later("Enter the day"),
        hint=later("What this desk asks or tells is dated today, and goes into a letter."),
    )
    because = ManyField(
        label=later("If it takes longer, why?"),
        required=False,
        options=list(words.MORE_TIME.items()),
    )
    reasons = WordsField(
        label=later("Why, or what was asked or seen?"),
        called=later("The reasons"),
        required=False,
        longest=LONGEST_ASKED,
        hint=later("What you ask or tell them is in their letter word for word."),
        rows=5,
    )


class WithdrawForm(HouseForm):
    """How whoever asked told the desk that they withdraw their request."""

    told = ReasonField(
        label=later("How and when did they tell you that they withdraw it?"),
        needed=later("Say how and when they told you"),
        hint=later("Only they, or who speaks for them, can. They are sent a letter about it."),
    )


class WhoseForm(HouseForm):
    """Whether a record is that of the person who asks."""

    whose = OneField(
        label=later("Is this the person who asks?"),
        missing=later("Select whether this is the person who asks"),
        options=[(THEIRS, later("Yes")), (NOT_THEIRS, later("No, it is somebody else"))],
    )
    reason = ReasonField(label=later("How do you know?"), needed=later("Say how you know"))


class HoldBackForm(HouseForm):
    """Why a piece of a record is not given."""

    asks = "heldback"
    withheld = OneField(
        label=later("Why is it not given?"),
        missing=later("Select why it is not given"),
        options=list(words.WITHHELD.items()),
    )
    ground = OneField(
        label=later("If the law lets it be held back, on which ground?"),
        required=False,
        options=[(it, later(GROUND_WORDS[it])) for it in RestrictionGround],
    )
    lawyer = LineField(
        label=later("Which lawyer advised that it is privileged? (only for that ground)"),
        called=later("The lawyer"),
        required=False,
    )
    review_on = DayField(
        label=later("If so, when is it looked at again?"),
        called=later("The review date"),
        required=False,
        hint=later("Within 90 days"),
    )
    reasons = ReasonField(
        label=later("Why?"),
        needed=later("Say why"),
        hint=later("For the desk. The Information Commissioner may ask for it."),
    )

    def mark(self) -> Mark:
        """Give the answers as the rules see them."""
        said: dict[str, Any] = self.cleaned_data
        review_on: date | None = said["review_on"]
        return Mark(
            withheld=Withheld(said["withheld"]),
            reasons=said["reasons"],
            ground=RestrictionGround(said["ground"]) if said["ground"] else None,
            lawyer=said["lawyer"],
            review_on=review_on,
        )


class HoldWholeBackForm(HoldBackForm):
    """Why a whole record is not given: it is never told of, so there is one way only."""

    withheld = OneField(
        label=later("Why is it not given?"),
        missing=later("Select why it is not given"),
        options=[(it, words.WITHHELD[it]) for it in (Withheld.RESTRICTED_UNTOLD,)],
    )


class LookAgainForm(HouseForm):
    """Whether what is held back by law stays so."""

    asks = "lookagain"
    outcome = OneField(
        label=later("Does the law still let it be held back?"),
        missing=later("Select whether it stays held back"),
        options=[
            (RestrictionOutcome.KEPT, later("Yes: it stays held back")),
            (RestrictionOutcome.LIFTED, later("No: it is given to them")),
        ],
    )
    review_on = DayField(
        label=later("If it stays, when is it looked at once more?"),
        called=later("The review date"),
        required=False,
        hint=later("Within 90 days"),
    )
    reasons = ReasonField(
        label=later("What did you find?"),
        needed=later("Say what you found"),
        hint=later("For the desk. The Information Commissioner may ask for it."),
    )

    def review(self) -> Review:
        """Give the answers as the rules see them."""
        said: dict[str, Any] = self.cleaned_data
        outcome = RestrictionOutcome(said["outcome"])
        return Review(outcome=outcome, reasons=said["reasons"], review_on=said["review_on"])


class ConfirmForm(HouseForm):
    """The second officer's answer to a review, and why."""

    answer = OneField(
        label=later("Is that right?"),
        missing=later("Select whether it is right"),
        options=[(APPROVE, later("Yes: confirm it")), (RETURN, later("No: return it"))],
    )
    reason = ReasonField(label=later("Why?"), needed=later("Say why"))


class FurtherForm(HouseForm):
    """Why the person is given now what was held back."""

    because = ReasonField(
        label=later("Why are they given it now?"),
        needed=later("Say why they are given it now"),
        hint=later("For the desk and the Commissioner. The person does not read it."),
    )


class UnreachedForm(HouseForm):
    """What was tried to reach whoever is owed a letter."""

    tried = ReasonField(
        label=later("What did you try, and when?"),
        needed=later("Say what you tried, and when"),
        hint=later("For the desk and the Commissioner. The letter is not sent any more."),
    )


class ReplyForm(HouseForm):
    """How a request is answered, what the person reads, and why."""

    asks = "rightsreply"
    outcome = OneField(
        label=later("How is it answered?"),
        missing=later("Select how it is answered"),
        options=(),
    )
    reasons = WordsField(
        label=later("What reasons does the person read?"),
        called=later("The reasons"),
        required=False,
        longest=LONGEST_ASKED,
        hint=later(
            "Leave it empty where all is given or granted, and where nothing is given. A complaint"
            " is always answered with reasons."
        ),
        rows=5,
        count=True,
    )
    because = WordsField(
        label=later("Why is it answered so?"),
        called=later("Why it is answered so"),
        missing=later("Say why it is answered so"),
        hint=later("For the desk and the Commissioner. The person does not read it."),
        rows=5,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, kind: RightsKind) -> None:
        super().__init__(data)
        self.kind = kind
        offered = self.fields["outcome"]
        assert isinstance(offered, OneField)  # noqa: S101 - tells the type
        offered.offer(
            Option(it, words.outcome_of(kind, it), words.OUTCOME_HINTS.get(it, ""))
            for it in RightsOutcome
            if it in OUTCOMES[kind]
        )

    def clean(self) -> dict[str, Any]:
        """Ask for the reasons where the law wants the person to read them."""
        said: dict[str, Any] = super().clean() or {}
        needed = self.kind is RightsKind.COMPLAINT or said.get("outcome") in NEEDS_REASONS
        if needed and "outcome" in said and not said.get("reasons"):
            self.add_error("reasons", _("Say why it is answered so, for the person to read"))
        return said

    def reply(self) -> Reply:
        """Give the answers as the rules see them."""
        said: dict[str, Any] = self.cleaned_data
        return Reply(
            outcome=RightsOutcome(said["outcome"]),
            reasons=with_plain_lines(said["reasons"]),
            because=said["because"],
        )


class AnswerForm(HouseForm):
    """The second officer's answer, and why."""

    answer = OneField(
        label=later("Does this letter leave, word for word, with these packs?"),
        missing=later("Select whether it leaves"),
        options=[
            (APPROVE, later("Yes: approve it")),
            (RETURN, later("No: return it, to be written anew")),
        ],
    )
    reason = ReasonField(label=later("Why?"), needed=later("Say why"))


class SendForm(HouseForm):
    """How a letter leaves."""

    route = OneField(
        label=later("How does it leave?"),
        missing=later("Select how it leaves"),
        options=list(words.ROUTES.items()),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, by_mail: bool) -> None:
        super().__init__(data)
        offered = self.fields["route"]
        assert isinstance(offered, OneField)  # noqa: S101 - tells the type
        offered.offer(
            Option(it, text) for it, text in words.ROUTES.items() if by_mail or it is Route.POST
        )
