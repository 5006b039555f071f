"""What is entered about a document of the desk."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from evenhand.queries.assurance import conditions as known_conditions
from evenhand.rules.assurance import CLAIMS, PARTS, SHOWN_BY, Claim, DocumentKind, Part, Residual
from evenhand.rules.conditions import are_stated
from evenhand.web.fields import Option
from evenhand.web.forms import DayField, HouseForm, ManyField, OneField, WordsField
from evenhand.web.public.documents import PART_TITLES, RESIDUALS, condition_words
from evenhand.web.words import Words

HINTS: Mapping[Part, Words] = {
    Part.DESCRIPTION: _("Whose data, which, from where, for whom, and why it is needed"),
    Part.DANGERS: _("What could happen to people if it goes wrong, and how likely that is"),
    Part.MEASURES: _("For each of these risks, what is done"),
    Part.SAFEGUARDS: _("Who sees what, what is checked by whom, and how anyone can tell"),
    Part.PROCEDURES: _("The procedures by which each principle of the Act is kept"),
    Part.AIMS: _("Discrimination eliminated, opportunity advanced, good relations fostered"),
    Part.CONSULTATION: _("Name organisations and groups, never a person"),
    Part.EFFECTS: _("Of each ground; what the counts say, and what is not known"),
    Part.ACTIONS: _("For each effect, what is done, by when"),
    Part.INSTRUCTIONS: _(
        "Every officer reads and accepts them, and again each year. They are public: name nobody"
    ),
    Part.PARTIES: _(
        "This is public. One on each line: organisation; contact point; what it does; from; until;"
        " whom else it may employ. Days as 2027-03-31. If there is nobody, write: None"
    ),
    Part.ARRANGEMENT: _("Which duties each has, and one contact point for people"),
    Part.CONTRACTS: _("Which written contract, and that no other may be employed without leave"),
    Part.INFORMATION: _("Of people affected by the work, and of those who work here"),
    Part.OBJECTIVES: _("One or more that are specific and can be measured"),
    Part.RETENTION: _("What is kept, for how long, and how it is reviewed and erased"),
}


class WriteForm(HouseForm):
    """A version of a document, part by part; an assessment says what is left, and what is so."""

    residual = OneField(
        label=_("How high is the risk that is left after all of this?"),
        missing=_("Select how high the risk is that is left"),
        hint=_("If it is high, the Information Commissioner must advise before it is in force."),
        options=[(it, RESIDUALS[it]) for it in Residual],
    )
    claims = ManyField(
        label=_("What is true of this service on this desk?"),
        hint=_("It is compared with how the desk is set up when the document is approved."),
        options=[Option(it, _(CLAIMS[it]), _(SHOWN_BY[it])) for it in Claim],
        required=False,
    )
    conditions = ManyField(
        label=_("On which conditions of Schedule 8 does this desk rely?"),
        missing=_("Select at least one condition"),
        hint=_("For what may be sensitive. They stand in the record of processing activities."),
        options=(),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        kind: DocumentKind,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        for part in PARTS[kind]:
            self.fields[part] = WordsField(
                label=PART_TITLES[part],
                missing=_("Write this part"),
                hint=HINTS[part],
                rows=8,
            )
        if kind is DocumentKind.DPIA:
            self.order_fields([*PARTS[kind], "residual", "claims"])
        else:
            del self.fields["residual"], self.fields["claims"]
        if are_stated(kind, settings.DESK.regime):
            self.order_fields([*PARTS[kind], "conditions"])
            conditions: Any = self.fields["conditions"]
            conditions.offer(_offered())
        else:
            del self.fields["conditions"]


def _offered() -> Iterator[Option]:
    for it in known_conditions().values():
        if it.whole_document:
            yield Option(it.paragraph, condition_words(it), it.clause)


class TextForm(HouseForm):
    """Advice or a correction, in words that nobody can change afterwards."""

    text = WordsField(
        label=_("Text"),
        hint=_("It is added to the document for good: nobody can change or remove it."),
        missing=_("Write the text"),
        rows=8,
    )


class IcoForm(TextForm):
    """What the Information Commissioner advised, and when."""

    given_on = DayField(
        label=_("The day of the Commissioner’s advice"),
        called=_("The day"),
        missing=_("Enter the day of the advice"),
    )


class ApproveForm(HouseForm):
    """By when the document is to be looked at again."""

    review_on = DayField(
        label=_("By when is it looked at again?"),
        called=_("The review date"),
        missing=_("Enter a review date"),
        hint=_(
            "From tomorrow on, within 12 months; equality objectives within 48. A review that is"
            " overdue shows publicly."
        ),
    )
