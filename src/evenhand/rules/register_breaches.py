"""The register's lines about breaches: what the law has the desk record of every one."""

from dataclasses import replace

from evenhand.rules.officers import Permission
from evenhand.rules.register import Basis, Held, Keep, Table

BREACH = Table(
    "breach",
    "record every breach of personal data, and that it was told (DPA 2018 ss.67, 68)",
    Basis.LEGAL_DUTY,
    Keep.BREACH,
    read_by=Permission.READ_BREACHES,
    words_read_by=Permission.READ_BREACHES,
)
NOTE = replace(BREACH, name="breach_note")
PHASE = replace(BREACH, name="breach_phase")
GROUP = replace(BREACH, name="breach_group")


def _contents(table: Table) -> tuple[Held, ...]:
    return table.words(
        nature="What was told of what happened, to whose data, and to how much",
        contact="What was told of who answers questions",
        consequences="What was told of what is likely to follow",
        measures="What was told of what is done about it",
    )


BREACHES: tuple[Held, ...] = (
    *BREACH.hidden(
        id="The breach's own random id",
        key_id="The key that its words are sealed under",
        version="How often it was acted on",
    ),
    *BREACH.plain(
        number="Its number in the register",
        kinds="What happened to the data: disclosed, altered, lost",
        aware_at="When somebody on the desk knew of it first",
        package="Which package it was, where one was wrongly sent",
        opened_at="When it was recorded",
        first_told_at="When the Information Commissioner was told first",
        told="Which of the four contents the Commissioner has",
        not_told_at="When it was recorded that the Commissioner is not told",
        closed_at="When it was closed",
        erased_at="When what was said of it was erased",
    ),
    *BREACH.personal(opened_by_id="Who recorded it", closed_by_id="Who closed it"),
    *BREACH.words(
        late_because="Why the Commissioner was told late",
        not_told_because="Why the Commissioner is not told",
    ),
    *NOTE.hidden(id="The addition's own random id"),
    *NOTE.plain(
        breach_id="Of which breach",
        what="Facts, effects, the remedy or a correction",
        at="When it was added",
    ),
    *NOTE.personal(by_id="Who added it"),
    *NOTE.words(text="What it says"),
    *PHASE.hidden(id="The phase's own random id"),
    *PHASE.plain(
        breach_id="Of which breach", told_at="When the Commissioner was told", at="When recorded"
    ),
    *PHASE.personal(by_id="Who recorded it"),
    *_contents(PHASE),
    *GROUP.hidden(id="The group's own random id"),
    *GROUP.plain(
        breach_id="Of which breach",
        whom="In what part the people are on record",
        about="How many they are, roughly",
        under_18="Whether some of them are under 18",
        to_tell="Whether they are told, and if not, why not, as a code",
        ground="The ground in law on which they are not told, as a code",
        at="When it was settled",
        told_on="On which day they were told",
    ),
    *GROUP.personal(by_id="Who settled it"),
    *GROUP.words(reasons="The reasons"),
    *_contents(GROUP),
)
