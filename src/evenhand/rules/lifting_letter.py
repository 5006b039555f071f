"""The letter that tells a person, before it happens, that a restriction of their data ends."""

from datetime import date

from evenhand.rules.notification_letter import COMPLAIN

OPENING = (
    "We hold a record about you (our reference {reference}). We have not been using it, because it"
    " was contested whether it is right."
)
ITEMS = (
    "Who holds it: {desk}. You can write to {contact}.",
    (
        "What we looked into: on {written_on} one of us found that it is settled whether the record"
        " is right, and asked for its use. {done}"
    ),
    (
        "What happens now: if our data protection officer agrees, we use the record again. The Data"
        " Protection Act 2018, section 48(10), has us tell you before that."
    ),
    (
        "If you do not agree: write to our data protection officer, {dpo}."
        " You may ask again that your data be corrected, erased or its use restricted; it costs"
        " nothing. You may ask what we hold about you."
    ),
    COMPLAIN,
    "You may also apply to a court: Data Protection Act 2018, section 167.",
)


CORRECTED = "What was found to be wrong has been corrected."
UNCHANGED = "Nothing in it was changed."


def lifting_letter(
    *, desk: str, contact: str, dpo: str, reference: str, corrected: bool, written_on: date
) -> str:
    """Write the letter. It names nobody and none of the data. DPA 2018 s.48(10), A27.

    ``corrected``: something was put right since the restriction.
    """
    told = {
        "desk": desk,
        "contact": contact,
        "dpo": dpo,
        "reference": reference,
        "done": CORRECTED if corrected else UNCHANGED,
        "written_on": f"{written_on:%-d %B %Y}",
    }
    numbered = [f"{number}. {it.format_map(told)}" for number, it in enumerate(ITEMS, 1)]
    return "\n\n".join([OPENING.format_map(told), *numbered])
