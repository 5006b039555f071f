"""In which language somebody is written to, as officers say and read it."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext_lazy as later

from evenhand.rules.public_letters import WrittenIn
from evenhand.web.forms import OneField
from evenhand.web.words import Words

LANGUAGES: Mapping[str, Words] = dict(settings.LANGUAGES)


def written_in() -> OneField:
    """Ask in which language somebody is written to who used no page of ours."""
    return OneField(
        label=later("In which language are they written to?"),
        missing=later("Select a language"),
        options=list(LANGUAGES.items()),
        initial=WrittenIn.ENGLISH,
        inline=True,
    )
