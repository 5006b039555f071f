"""The words of breaches: what happened, what is told, to whom."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as later

from evenhand.rules.breaches import BreachKind, Content, Noted, ToTell, Urgency, Whom
from evenhand.web.labels import Tag
from evenhand.web.words import Words

KINDS: Mapping[BreachKind, Words] = {
    BreachKind.DISCLOSED: later("Somebody saw or got it who should not have"),
    BreachKind.ALTERED: later("It was changed, and should not have been"),
    BreachKind.LOST: later("It was lost, destroyed, or cannot be reached"),
}
CONTENTS: Mapping[Content, Words] = {
    Content.NATURE: later("What happened"),
    Content.CONTACT: later("Who answers questions"),
    Content.CONSEQUENCES: later("What is likely to follow"),
    Content.MEASURES: later("What is done about it"),
}
NOTED: Mapping[Noted, Words] = {
    Noted.FACTS: later("Facts"),
    Noted.EFFECTS: later("Effects"),
    Noted.REMEDY: later("Remedy"),
    Noted.CORRECTION: later("Correction"),
}
WHOM: Mapping[Whom, Words] = {
    Whom.SUSPECTS: later("Suspects"),
    Whom.VICTIMS: later("Victims"),
    Whom.WITNESSES: later("Witnesses"),
    Whom.REPORTERS: later("People who reported content"),
    Whom.POSTERS: later("People who posted content"),
    Whom.STAFF: later("People who work on the desk"),
    Whom.OTHERS: later("Other people"),
}
TO_TELL: Mapping[ToTell, Words] = {
    ToTell.TELL: later("Yes: the danger for them is likely to be high"),
    ToTell.NOT_HIGH: later("No: the danger for them is not likely to be high"),
    ToTell.PROTECTED: later("No: the data was protected so that nobody can read it"),
    ToTell.AVERTED: later("No: what was done since makes sure that the danger is over"),
    ToTell.EFFORT: later("Not each: it would take too much effort, so the public is told"),
    ToTell.RESTRICTED: later("No: telling is restricted on a ground in law"),
}
URGENCY: Mapping[Urgency, Tag] = {
    Urgency.SETTLED: Tag(later("Settled with the Commissioner"), "green"),
    Urgency.BEGUN: Tag(later("72 hours run"), "blue"),
    Urgency.AFTER_24: Tag(later("More than 24 hours gone"), "yellow"),
    Urgency.AFTER_48: Tag(later("More than 48 hours gone"), "orange"),
    Urgency.AFTER_60: Tag(later("Less than 12 hours left"), "red"),
    Urgency.LATE: Tag(later("Late: more than 72 hours gone"), "red"),
}
