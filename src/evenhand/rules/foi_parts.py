"""The parts of a request, each answered, withheld or not held, for reasons that are looked at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from evenhand.rules.foi_exemptions import Exemption, ExemptionKind, Prejudice
from evenhand.rules.foi_registers import ON_RECORD, HeldIn
from evenhand.rules.officers import OfficerRef
from evenhand.rules.questions import NotHeldIsUntrue
from evenhand.rules.refusals import Kind, Refused, raise_all
from evenhand.rules.texts import TextMissing, check_given, check_own_words, check_text, says_no_word
from evenhand.rules.words import words

MOST_PARTS = 50
COST = "s12"
PERSONAL = "s40"


class Wanted(StrEnum):
    """What a part of a request wants."""

    TOTAL = "total"
    FIELD = "field"
    DOCUMENT = "document"
    STATEMENT = "statement"
    OTHER = "other"


ANSWERED_BY_THE_DESK: Mapping[Wanted, str] = {
    Wanted.TOTAL: words("The desk’s own records answer this: it counts what it holds."),
    Wanted.FIELD: words("The desk’s published register answers this: it lists every field."),
}
"""What the desk always has an answer to, and so never says that it does not hold."""


SAYS_WHERE = frozenset({Wanted.DOCUMENT, Wanted.STATEMENT})
"""What may stand in a register of the desk, so that whoever writes it down says in which."""


class Treatment(StrEnum):
    """What becomes of a part."""

    GIVEN = "given"
    WITHHELD = "withheld"
    NOT_HELD = "not_held"
    NEITHER = "neither"


TWO_NEEDED = frozenset({Treatment.WITHHELD, Treatment.NOT_HELD, Treatment.NEITHER})
"""What a second officer looks at before it is said."""


class FoiOutcome(StrEnum):
    """What came of a request, as the disclosure log says it."""

    ALL = "all_given"
    SOME = "some_given"
    NOT_HELD = "not_held"
    NONE = "none_given"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a request, as the rules see it.

    ``question``: the question of the library of counts that answers it, if one does. ``reply``: in
    which reply it is answered, 1 in the first, 2 in a further one. ``held_in``: what it asks for of
    a register of the desk, if anybody said. ``version``: tells how it stands from how it stood.
    """

    number: int
    reply: int = 1
    wants: Wanted
    held_in: HeldIn | None = None
    treatment: Treatment | None = None
    question: str = ""
    exemption: str = ""
    by: OfficerRef | None = None
    confirmed_by: OfficerRef | None = None
    version: str = ""

    @property
    def is_of_the_library(self) -> bool:
        """Say whether the desk's own counts or its register answer it."""
        return bool(self.question) or self.wants in ANSWERED_BY_THE_DESK

    @property
    def is_number_in_words(self) -> bool:
        """Say whether a number was answered in words, in which nothing hides small numbers."""
        in_words = self.treatment is Treatment.GIVEN and not self.question
        return in_words and self.wants is Wanted.TOTAL

    @property
    def is_ready(self) -> bool:
        """Say whether it can be put into a reply."""
        return self.treatment is not None and not self.waits

    @property
    def waits(self) -> bool:
        """Say whether it waits for a second officer."""
        return self.treatment in TWO_NEEDED and self.confirmed_by is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withholding:
    """Why a part is withheld. ``how``: by what the prejudice would come about."""

    exemption: str
    why: str
    prejudice: Prejudice | None = None
    how: str = ""
    public_interest: str = ""


class ExemptionIncomplete(Refused):
    """What is withheld names its exemption, why it applies and, where it is weighed, how."""

    code = "E-FOI-86"
    clause = words("FOIA 2000 ss.16 and 17")


class ExemptionNotApt(Refused):
    """What the desk counts or lists is not withheld as prejudicial or personal, nor denied."""

    code = "E-FOI-87"
    clause = words("FOIA 2000 ss.31 and 40; small numbers are protected as E-SDC-88 says")


class OtherEyesNeeded(Refused):
    """What is withheld or not held, and every reply, is looked at by a second officer."""

    code = "E-FOI-88"
    clause = words("Rule of this desk: two people refuse information")
    kind = Kind.FORBIDDEN


class PartStageWrong(Refused):
    """A part is answered before it is confirmed, and all parts before there is a reply."""

    code = "E-FOI-89"
    kind = Kind.CONFLICT


def check_wanted(asked: str, wants: Wanted, held_in: HeldIn | None, *, count: int) -> None:
    """Refuse a part without words, one of which nobody says where it would be, or one too many."""
    check_given(asked, at="asked")
    if wants in SAYS_WHERE and held_in is None:
        raise TextMissing(
            words("Nobody says whether a register of this desk has it."),
            do=words("Choose what it asks for, or that it is none of these."),
            at="held_in",
        )
    if count >= MOST_PARTS:
        raise PartStageWrong(
            words("A request has up to {most} parts."),
            do=words("Put what belongs together into one part."),
            most=str(MOST_PARTS),
        )


def check_given_answer(answer: str) -> None:
    """Refuse an answer that says nothing."""
    check_given(answer, at="answer")


def check_not_held(part: Part, why: str, *, on_record: bool) -> None:
    """Refuse to say "not held" without a reason, or of what the desk can answer."""
    check_not_untrue(part, on_record=on_record)
    check_own_words(why, at="why")


def check_not_untrue(part: Part, *, on_record: bool) -> None:
    """Refuse "not held" of what the library, or a register, answers. FOIA 2000 s.1(1)(a); A82.

    ``on_record``: whether the register that the part is about had something as it was received.
    """
    if part.is_of_the_library:
        raise NotHeldIsUntrue(
            ANSWERED_BY_THE_DESK.get(
                part.wants, words("A number of the desk’s own records answers this part.")
            ),
            do=words("Answer it, or say which exemption applies and why."),
            at="why",
        )
    if on_record and part.held_in is not None:
        raise NotHeldIsUntrue(
            ON_RECORD[part.held_in],
            do=words("Answer it from that register, or say which exemption applies and why."),
            at="why",
        )


def check_none_answers(part: Part, said: bool) -> None:
    """Refuse "not held" of anything else unless somebody says that no number answers it.

    No program reads what a part asks: whoever proposes it and whoever confirms it read the list.
    """
    if part.wants is Wanted.OTHER and not said:
        raise NotHeldIsUntrue(
            words("Nobody said that none of the desk’s numbers answers this."),
            do=words("Read the list. Answer with one of them, or say that none answers it."),
            at="none_answers",
        )


def check_withheld(part: Part, said: Withholding, exemptions: Mapping[str, Exemption]) -> Exemption:
    """Refuse to withhold without all that a refusal notice must say; give the exemption. A86."""
    exemption = exemptions.get(said.exemption)
    if exemption is None:
        raise ExemptionIncomplete(
            words("No exemption is named."),
            do=words("Choose the one that applies."),
            at="exemption",
        )
    _check_apt(part, exemption)
    raise_all(_lacks(exemption, said))
    for at in ("why", "how", "public_interest"):
        check_text(getattr(said, at), at=at)
    return exemption


def check_may_confirm(part: Part, officer: OfficerRef) -> None:
    """Refuse to confirm what needs no second officer, what was confirmed, or one's own."""
    if not part.waits:
        raise PartStageWrong(
            words("Nothing about this part waits for a second officer."),
            do=words("Open the request to see how it stands."),
        )
    check_other_eyes(part.by, officer)


def check_other_eyes(first: OfficerRef | None, second: OfficerRef) -> None:
    """Refuse to have somebody look at what they wrote themselves."""
    if first == second:
        raise OtherEyesNeeded(
            words("You wrote this yourself."), do=words("Ask a colleague to look at it.")
        )


def check_all_ready(parts: Iterable[Part]) -> None:
    """Refuse a reply to a request without parts, or with one that is not answered yet."""
    found = list(parts)
    if not found or not all(it.is_ready for it in found):
        raise PartStageWrong(
            words("A part of this request has no answer yet, or waits for a second officer."),
            do=words("Answer each part first, and have a colleague confirm what is withheld."),
        )


def outcome(parts: Iterable[Part]) -> FoiOutcome:
    """Say what came of a request whose parts are all answered."""
    found = {it.treatment for it in parts}
    if found == {Treatment.GIVEN}:
        return FoiOutcome.ALL
    if Treatment.GIVEN in found:
        return FoiOutcome.SOME
    return FoiOutcome.NOT_HELD if found == {Treatment.NOT_HELD} else FoiOutcome.NONE


def _check_apt(part: Part, exemption: Exemption) -> None:
    """Refuse what an exemption cannot be for: totals, fields of the register. A87."""
    if not part.is_of_the_library:
        return
    if exemption.prejudice:
        raise ExemptionNotApt(
            words("A total, or what fields the desk holds, prejudices nothing in particular."),
            do=words("Answer it. The fields are published already."),
            at="exemption",
        )
    if exemption.code == PERSONAL:
        raise ExemptionNotApt(
            words("A total is protected by hiding small numbers, not by withholding it."),
            do=words("Answer it: what is published hides numbers that would tell of somebody."),
            at="exemption",
        )


def _lacks(exemption: Exemption, said: Withholding) -> Iterable[Refused]:
    if says_no_word(said.why):
        yield incomplete("why", words("It does not say why the exemption applies."))
    if exemption.prejudice and (said.prejudice is None or says_no_word(said.how)):
        sentence = words("It does not say what prejudice would come about, and by what.")
        yield incomplete("how", sentence)
    if exemption.kind is ExemptionKind.QUALIFIED and says_no_word(said.public_interest):
        sentence = words("It does not say how the public interest was weighed.")
        yield incomplete("public_interest", sentence)


def incomplete(
    at: str, sentence: str, *, do: str = words("Say it: the reply repeats it.")
) -> ExemptionIncomplete:
    """Refuse to refuse without something that a refusal needs."""
    return ExemptionIncomplete(sentence, do=do, at=at)
