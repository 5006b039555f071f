"""What is asked of a capture: before it is kept, and before it is opened."""

from django.utils.translation import gettext_lazy as _

from evenhand.rules.captures import MOST_OFFSET, How, Taking
from evenhand.rules.texts import SHORT
from evenhand.web.captures.present import HOW
from evenhand.web.forms import (
    HouseForm,
    LineField,
    MomentField,
    NumberField,
    OneField,
    OneFileField,
    WordsField,
)

YES, NO = "yes", "no"
AHEAD, BEHIND = "ahead", "behind"


class TakeForm(HouseForm):
    """A file, and everything that is said of it."""

    of_a_child = OneField(
        label=_("Does it show a child in a sexual way, or might it?"),
        hint=_("Such a file is never kept here. If you made one, do not send it."),
        missing=_("Select whether it shows, or might show, a child in a sexual way"),
        options=[(NO, _("No")), (YES, _("Yes, or it might"))],
        inline=True,
    )
    why = WordsField(
        label=_("Why is the file strictly needed?"),
        called=_("The reason"),
        hint=_("Say what a description in words could not do, and for which decision."),
        missing=_("Enter why the file is strictly needed"),
        longest=SHORT,
        rows=3,
    )
    how = OneField(
        label=_("How was it made?"),
        missing=_("Select how it was made"),
        options=list(HOW.items()),
    )
    taken_at = MomentField(
        label=_("When was it made, by the clock of the device?"),
        called=_("When it was made"),
        missing=_("Enter when it was made"),
    )
    offset = NumberField(
        label=_("How many seconds was that clock off?"),
        hint=_("Compare it with a radio clock or the speaking clock. Enter 0 if it was right."),
        called=_("The seconds"),
        missing=_("Enter by how many seconds the clock was off, or 0"),
        most=MOST_OFFSET,
        width=5,
    )
    direction = OneField(
        label=_("Was it ahead of the right time, or behind?"),
        missing=_("Select whether the clock was ahead or behind"),
        options=[(AHEAD, _("Ahead, or right")), (BEHIND, _("Behind"))],
        inline=True,
    )
    file = OneFileField(
        label=_("The file"),
        hint=_(
            "A still (PNG, JPEG, GIF, WebP; 50 MB), a video (MP4, WebM; 2 GB), a PDF or a saved "
            "page (MHTML, HTML, WARC; 100 MB)."
        ),
        missing=_("Choose a file that is not empty"),
    )

    @property
    def is_of_a_child(self) -> bool:
        """Say whether the law sends this elsewhere, whatever else was filled in."""
        return str(self.data.get("of_a_child", "")) == YES

    def taking(self) -> Taking:
        """Give what was said as the rules see it."""
        said = self.cleaned_data
        return Taking(
            why=said["why"],
            how=How(said["how"]),
            taken_at=said["taken_at"],
            offset=-said["offset"] if said["direction"] == BEHIND else said["offset"],
            of_a_child=said["of_a_child"] == YES,
        )


class LookForm(HouseForm):
    """Why a capture is opened. Which button was pressed says how."""

    reason = LineField(
        label=_("What do you need to see, and for what?"),
        called=_("The reason"),
        required=False,
        longest=SHORT,
    )
