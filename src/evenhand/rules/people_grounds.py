"""Why somebody is suspected: an offence, objective grounds out of a closed list, and their day.

The list has no value for a kind of music, a word, a tag, a place, whom somebody knows or follows:
they are no grounds, so they cannot be chosen, alone or beside others.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.rules.people_roles import ACCUSED, PersonRole
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import check_text, says_no_word
from evenhand.rules.words import words


class Ground(StrEnum):
    """Something that can be shown and checked, and that points at this person and this offence."""

    SEEN_DOING_IT = "seen_doing_it"
    SAYS_SO_IN_CONTENT = "says_so_in_content"
    THREATENS_IN_CONTENT = "threatens_in_content"
    IDENTIFIED_BY_VICTIM = "identified_by_victim"
    IDENTIFIED_BY_WITNESS = "identified_by_witness"
    NAMED_BY_INVESTIGATION = "named_by_investigation"
    CHARGED_OR_WANTED = "charged_or_wanted"


GROUND_WORDS: Mapping[Ground, str] = {
    Ground.SEEN_DOING_IT: words("The content itself shows this person committing the offence"),
    Ground.SAYS_SO_IN_CONTENT: words("This person says in the content that they committed it"),
    Ground.THREATENS_IN_CONTENT: words(
        "This person says in the content that they are about to commit it"
    ),
    Ground.IDENTIFIED_BY_VICTIM: words("The victim identified this person"),
    Ground.IDENTIFIED_BY_WITNESS: words("A witness identified this person"),
    Ground.NAMED_BY_INVESTIGATION: words("A named investigation suspects this person"),
    Ground.CHARGED_OR_WANTED: words("This person is charged with it, or a warrant is out"),
}
"""What people call the grounds."""


class GroundsMissing(Refused):
    """A suspect has an offence, objective grounds from the list in own words, and their day."""

    code = "E-SUS-14"
    clause = words("DPA 2018 s.38(3)(a)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What an accusation rests on. ``on``: the day from which the desk had these grounds.

    For somebody convicted it is the day of the conviction, and the offence is enough.
    """

    offence: str = ""
    codes: frozenset[Ground] = frozenset()
    on: date | None = None
    in_words: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was said."""
        return not (self.offence or self.codes or self.on or self.in_words)


NO_GROUNDS = Grounds()


def faults_of_grounds(
    role: PersonRole, grounds: Grounds, *, offences: Collection[str], today: date
) -> Iterator[Refused]:
    """Name what an accusation lacks, or that somebody is accused whose role accuses nobody."""
    if role not in ACCUSED:
        if not grounds.is_empty:
            yield GroundsMissing(
                words("Only a suspect or somebody convicted has an offence and grounds."),
                do=words("Leave them empty, or choose the role again."),
                at="role",
            )
        return
    if grounds.offence not in offences:
        yield GroundsMissing(
            words("There is no offence yet, or not one that this desk knows."),
            do=words("Choose the offence from the list."),
            at="offence",
        )
    if grounds.on is None or grounds.on > today:
        yield GroundsMissing(
            words("The day is missing, or it is in the future."),
            do=words("Enter the day of the grounds, or of the conviction."),
            at="grounds_on",
        )
    if role is PersonRole.SUSPECT:
        yield from _faults_of_suspicion(grounds)


def _faults_of_suspicion(grounds: Grounds) -> Iterator[Refused]:
    if not grounds.codes:
        yield GroundsMissing(
            words("No objective ground is chosen."),
            do=words("If none in the list is true, this person is not a suspect."),
            at="grounds",
        )
    try:
        check_text(grounds.in_words, at="grounds_words")
    except Refused as refused:
        yield refused
        return
    if says_no_word(grounds.in_words):
        yield GroundsMissing(
            words("The grounds are not told in own words yet."),
            do=words("Say what shows them, so that somebody else can check it."),
            at="grounds_words",
        )
