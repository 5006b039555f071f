"""The languages offered when content is logged: the most used on public platforms, by code."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from evenhand.web.words import Words

OTHER = "other"
UNKNOWN = "und"
LANGUAGES: Mapping[str, Words] = {
    "en": _("English"),
    "cy": _("Welsh"),
    "ga": _("Irish"),
    "gd": _("Scottish Gaelic"),
    "sq": _("Albanian"),
    "ar": _("Arabic"),
    "bn": _("Bengali"),
    "bg": _("Bulgarian"),
    "zh": _("Chinese"),
    "hr": _("Croatian"),
    "cs": _("Czech"),
    "nl": _("Dutch"),
    "fr": _("French"),
    "de": _("German"),
    "el": _("Greek"),
    "gu": _("Gujarati"),
    "he": _("Hebrew"),
    "hi": _("Hindi"),
    "hu": _("Hungarian"),
    "id": _("Indonesian"),
    "it": _("Italian"),
    "ja": _("Japanese"),
    "ko": _("Korean"),
    "ku": _("Kurdish"),
    "lv": _("Latvian"),
    "lt": _("Lithuanian"),
    "ne": _("Nepali"),
    "ps": _("Pashto"),
    "fa": _("Persian"),
    "pl": _("Polish"),
    "pt": _("Portuguese"),
    "pa": _("Punjabi"),
    "ro": _("Romanian"),
    "ru": _("Russian"),
    "sr": _("Serbian"),
    "sk": _("Slovak"),
    "so": _("Somali"),
    "es": _("Spanish"),
    "sw": _("Swahili"),
    "ta": _("Tamil"),
    "th": _("Thai"),
    "ti": _("Tigrinya"),
    "tr": _("Turkish"),
    "uk": _("Ukrainian"),
    "ur": _("Urdu"),
    "vi": _("Vietnamese"),
    "yo": _("Yoruba"),
}


def language_name(code: str) -> Words:
    """Give the name of a language, or its code where it is not in the list."""
    if code == UNKNOWN:
        return _("Not known, or no words")
    return LANGUAGES.get(code, code)
