"""What is recorded of a breach, and what is told of it."""

from django.utils.translation import gettext_lazy as _

from evenhand.rules.breaches import BreachKind, Content, Group, Noted, ToTell, Whom
from evenhand.rules.notification import GROUND_WORDS, RestrictionGround
from evenhand.web.breaches.words import CONTENTS, KINDS, NOTED, TO_TELL, WHOM
from evenhand.web.forms import (
    DayField,
    HouseForm,
    ManyField,
    MomentField,
    NumberField,
    OneField,
    TickField,
    WordsField,
)

NAMES_NOBODY = _("Name nobody: say in which part they are on record, and how many they are.")


class ReportForm(HouseForm):
    """What happened, to what, and since when somebody knows."""

    kinds = ManyField(
        label=_("What happened to the data?"),
        missing=_("Select what happened to the data"),
        options=[(it, KINDS[it]) for it in BreachKind],
    )
    aware_at = MomentField(
        label=_("When did somebody on the desk first know of it?"),
        called=_("The time"),
        missing=_("Enter when somebody first knew of it"),
        hint=_("From then on the desk has 72 hours to tell the Information Commissioner."),
    )
    facts = WordsField(
        label=_("What happened?"), missing=_("Say what happened"), hint=NAMES_NOBODY, rows=6
    )


class NoteForm(HouseForm):
    """What is added to the record of a breach."""

    what = OneField(
        label=_("What do you add?"),
        missing=_("Select what you add"),
        options=[(it, NOTED[it]) for it in Noted],
    )
    text = WordsField(label=_("Text"), missing=_("Write the text"), hint=NAMES_NOBODY, rows=6)


class _FourForm(HouseForm):
    """The four contents of what is told."""

    nature = WordsField(
        label=CONTENTS[Content.NATURE],
        hint=_("Which kinds of people and records, and about how many of each"),
        required=False,
        rows=4,
    )
    contact = WordsField(
        label=CONTENTS[Content.CONTACT],
        hint=_("The data protection officer, or another point of contact"),
        required=False,
        rows=2,
    )
    consequences = WordsField(label=CONTENTS[Content.CONSEQUENCES], required=False, rows=4)
    measures = WordsField(
        label=CONTENTS[Content.MEASURES],
        hint=_("Also what is done so that less harm comes of it"),
        required=False,
        rows=4,
    )

    def contents(self) -> dict[Content, str]:
        """Give the four contents, those that were not entered as nothing."""
        return {it: self.cleaned_data[it] for it in Content}


class ToldForm(_FourForm):
    """What the Commissioner was told, when, and why late."""

    rest_follows = TickField(label=_("What is missing follows in a later phase"))
    told_at = MomentField(
        label=_("When was the Information Commissioner told?"),
        called=_("The time"),
        missing=_("Enter when the Commissioner was told"),
    )
    late_because = WordsField(
        label=_("If that was after more than 72 hours: why?"),
        required=False,
        rows=3,
    )


class NotToldForm(HouseForm):
    """Why the Commissioner is not told."""

    reason = WordsField(
        label=_("Why is nobody’s freedom or right likely to be in danger?"),
        missing=_("Say why"),
        hint=_("The law has every breach told but these. The Commissioner may ask for it."),
        rows=5,
    )


class GroupForm(HouseForm):
    """Some of the people: who they are, how many, and whether they are told."""

    whom = OneField(
        label=_("Whose data was it?"),
        missing=_("Select whose data it was"),
        options=[(it, WHOM[it]) for it in Whom],
    )
    about = NumberField(
        label=_("About how many are they?"), least=1, missing=_("Enter about how many they are")
    )
    under_18 = TickField(label=_("Some of them are, or may be, under 18"))
    to_tell = OneField(
        label=_("Are they told?"),
        missing=_("Select whether they are told"),
        options=[(it, TO_TELL[it]) for it in ToTell],
    )
    ground = OneField(
        label=_("If telling is restricted, on which ground?"),
        required=False,
        options=[(it, _(GROUND_WORDS[it])) for it in RestrictionGround],
    )
    reasons = WordsField(label=_("Why?"), missing=_("Say why"), rows=4)

    def group(self) -> Group:
        """Give the group as it was entered."""
        given = self.cleaned_data
        return Group(
            whom=Whom(given["whom"]),
            about=given["about"],
            under_18=given["under_18"],
            to_tell=ToTell(given["to_tell"]),
            reasons=given["reasons"],
            ground=RestrictionGround(given["ground"]) if given["ground"] else None,
        )


class PeopleToldForm(_FourForm):
    """What the people were told, and when."""

    told_on = DayField(
        label=_("On which day were they told?"),
        called=_("The day"),
        missing=_("Enter the day on which they were told"),
    )
