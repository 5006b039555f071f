"""What is entered to open a restored desk."""

from django.utils.translation import gettext_lazy as _

from evenhand.web.forms import HouseForm, TickField, WordsField


class ProposeForm(HouseForm):
    """What an administrator looked at and did again."""

    reason = WordsField(
        label=_("What did you look at, and what was done again?"),
        missing=_("Write what you looked at"),
        hint=_(
            "Who was told of what is lost; which officers and tokens were ended again; which holds,"
            " corrections and restrictions have to be made again, and by whom. Name nobody who is"
            " on record."
        ),
        rows=6,
    )


class AttestForm(HouseForm):
    """What the data protection officer stands for."""

    attested = TickField(
        label=_(
            "I have seen what was restored, lost and erased again, and compared the published log"
            " with a copy that is not this desk’s. The desk may be used."
        ),
        missing=_("Tick the box if it is so. If not, leave the desk closed"),
        required=True,
    )
