"""The letter that tells a person that they are on record, with what the law says it must hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from evenhand.rules.people_roles import ROLE_WORDS, PersonRole


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """What a letter tells. It names nobody: who sends it puts it into an envelope.

    ``dpo``: where people write to the data protection officer.
    ``taken_over``: the record came from an old system.
    ``recipients``: the organisations that were given anything of the record until that day.
    """

    desk: str
    contact: str
    dpo: str
    reference: str
    role: PersonRole
    knew: bool
    taken_over: bool
    last_day: date
    written_on: date
    recipients: Sequence[str]


COMPLAIN = (
    "You may complain to the Information Commissioner: ico.org.uk, telephone 0303 123 1113, or"
    " Wycliffe House, Water Lane, Wilmslow, Cheshire SK9 5AF."
)
"""DPA 2018 s.44(1)(e)."""
FIRST = (
    "Who holds it: {desk}. You can write to {contact}.",
    ("The data protection officer of {desk} answers questions about your data. Write to {dpo}."),
    (
        "What for: to prevent harm by asking online platforms to look at public content, and to"
        " protect people."
    ),
    (
        "Your rights: you may ask what we hold about you, and have it corrected, erased or its use"
        " restricted. Write to {contact}; it costs nothing."
    ),
    COMPLAIN,
)
"""DPA 2018 s.44(1)(a) to (e), in its order."""
SECOND = (
    (
        "Legal basis: Data Protection Act 2018, section 35(2)(b): it is needed for a task of a"
        " competent authority."
    ),
    (
        "How long: until {last_day} at the latest. It is reviewed before, and erased earlier if it"
        " is not needed."
    ),
    "Who outside this desk has received any of it, up to {written_on}: {recipients}.",
    "More: {more}",
)
"""DPA 2018 s.44(2)(a) to (d), in its order."""
KNEW = "you know of the record, because you gave us the information or were told then."
TAKEN_OVER = (
    "you may not know of the record. We took it over from an earlier system. You may ask where the"
    " information came from."
)
UNKNOWN = (
    "the information was collected without your knowledge. You may ask where it came from: from"
    " public content, or from somebody else."
)
UNKNOWN_OF_ROLE: Mapping[PersonRole, str] = {
    PersonRole.CONTENT_POSTER_NOT_SUSPECTED: (
        "the information was collected without your knowledge, from public content."
    ),
    PersonRole.REPORTER: (
        "you may not know of the record. The information came with a report that reached us."
    ),
}
"""Where what is known of somebody came from, as far as the record says it by their role."""


def letter(facts: LetterFacts) -> str:
    """Write the letter: that there is a record, and each item of s.44(1) and (2)."""
    told = {
        "desk": facts.desk,
        "contact": facts.contact,
        "dpo": facts.dpo,
        "last_day": f"{facts.last_day:%-d %B %Y}",
        "written_on": f"{facts.written_on:%-d %B %Y}",
        "recipients": ", ".join(facts.recipients) or "nobody",
        "more": _more(facts),
    }
    opening = (
        f"We hold a record about you (our reference {facts.reference}). You are on it as:"
        f" {ROLE_WORDS[facts.role].lower()}."
    )
    items = [it.format_map(told) for it in (*FIRST, *SECOND)]
    numbered = [f"{number}. {it}" for number, it in enumerate(items, 1)]
    return "\n\n".join([opening, *numbered])


def _more(facts: LetterFacts) -> str:
    if facts.knew:
        return KNEW
    return TAKEN_OVER if facts.taken_over else UNKNOWN_OF_ROLE.get(facts.role, UNKNOWN)
