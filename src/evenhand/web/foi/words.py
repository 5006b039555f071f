"""The words of requests for information, as officers read them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as later

from evenhand.rules.foi import Channel, FoiStanding, FoiStep
from evenhand.rules.foi_costs import Activity
from evenhand.rules.foi_exemptions import Prejudice
from evenhand.rules.foi_neither import Neither
from evenhand.rules.foi_parts import Treatment, Wanted
from evenhand.rules.foi_registers import HeldIn, Register
from evenhand.rules.public_foi_letters import LetterKind
from evenhand.web.labels import Tag
from evenhand.web.public.documents import TITLES
from evenhand.web.words import Words


@dataclass(frozen=True, slots=True)
class StepWords:
    """What is said of one kind of step: its offer, its page's question, and that it is done."""

    offer: Words
    text: Words
    done: Words


CHANNELS: Mapping[Channel, Words] = {
    Channel.FORM: later("By the form of this desk"),
    Channel.MAIL: later("By mail"),
    Channel.PAPER: later("On paper"),
    Channel.CORRECTION: later("By this desk itself, to correct a published reply"),
}
STANDINGS: Mapping[FoiStanding, Tag] = {
    FoiStanding.OPEN: Tag(later("Open"), "blue"),
    FoiStanding.REPLIED: Tag(later("Replied"), "green"),
    FoiStanding.UNDER_REVIEW: Tag(later("Under review"), "yellow"),
    FoiStanding.TO_REPLY_AGAIN: Tag(later("Further reply to be given"), "red"),
    FoiStanding.AT_COMMISSIONER: Tag(later("At the Commissioner"), "orange"),
    FoiStanding.TO_COMPLY: Tag(later("Commissioner’s decision to act on"), "red"),
    FoiStanding.NOT_VALID: Tag(later("Not valid"), "grey"),
    FoiStanding.TRANSFERRED: Tag(later("Transferred"), "grey"),
    FoiStanding.WITHDRAWN: Tag(later("Withdrawn"), "grey"),
    FoiStanding.LAPSED: Tag(later("Lapsed: no fee paid"), "grey"),
    FoiStanding.UNREACHED: Tag(later("Cannot be reached"), "grey"),
}
STEPS: Mapping[FoiStep, StepWords] = {
    FoiStep.CLARIFICATION_ASKED: StepWords(
        later("Ask what they mean"),
        later("What do you need to know?"),
        later("The question is entered, and a letter is written."),
    ),
    FoiStep.CLARIFICATION_ANSWERED: StepWords(
        later("Enter what they mean"),
        later("What did they answer?"),
        later("The answer is entered. The time begins anew."),
    ),
    FoiStep.FEE_ASKED: StepWords(
        later("Ask for a fee"),
        later("What is the fee for?"),
        later("The fees notice is written. The time stands still."),
    ),
    FoiStep.FEE_PAID: StepWords(
        later("Enter that the fee was paid"),
        later("How was it paid?"),
        later("The payment is entered. The time runs on."),
    ),
    FoiStep.EXTENDED: StepWords(
        later("Take more time for the public interest"),
        later("Which exemption is weighed, and why does it need more time?"),
        later("The notice of more time is written."),
    ),
    FoiStep.NOT_VALID: StepWords(
        later("It is no valid request"),
        later("What does it lack?"),
        later("The request is closed, and a letter says what it lacks."),
    ),
    FoiStep.TRANSFERRED: StepWords(
        later("Transfer it to another authority"),
        later("To which authority, and why do we believe that it holds this?"),
        later("The request is closed as transferred."),
    ),
    FoiStep.WITHDRAWN: StepWords(
        later("It was withdrawn"),
        later("How was it withdrawn?"),
        later("The request is closed as withdrawn."),
    ),
    FoiStep.LAPSED: StepWords(
        later("The fee was not paid in three months"),
        later("What was done?"),
        later("The request is closed."),
    ),
    FoiStep.UNREACHED: StepWords(
        later("They cannot be reached"),
        later("What did you try, and when?"),
        later("The request has ended. A reply that was approved is published all the same."),
    ),
    FoiStep.REVIEW_ASKED: StepWords(
        later("Enter that a review was asked for"),
        later("What do they say is wrong?"),
        later("The review is open."),
    ),
    FoiStep.REVIEWED: StepWords(
        later("Answer the review: the reply stands"),
        later("What did you find, and why?"),
        later("The review is answered, and a letter is written."),
    ),
    FoiStep.REVIEW_UPHELD: StepWords(
        later("Answer the review: a further reply follows"),
        later("What did you find, and what is to be put right?"),
        later("The review is answered, and a letter is written. Now write the further reply."),
    ),
    FoiStep.REVIEW_WITHDRAWN: StepWords(
        later("The review was withdrawn"),
        later("How was it withdrawn?"),
        later("It is entered. The reply stands, unless it is still to be corrected."),
    ),
    FoiStep.ERROR_FOUND: StepWords(
        later("Correct the reply: it was wrong"),
        later("What in the reply was wrong, and how was it found?"),
        later(
            "It is entered. Now write the further reply that corrects it. Only the same question of"
            " the same days, answered anew, is marked there as corrected."
        ),
    ),
    FoiStep.ERROR_WITHDRAWN: StepWords(
        later("The reply was not wrong"),
        later("Why was it not wrong?"),
        later("It is entered. The reply stands."),
    ),
    FoiStep.COMMISSIONER_ASKED: StepWords(
        later("Enter that the Commissioner was asked"),
        later("What does the Commissioner’s letter say?"),
        later("It is entered. What the desk still owes can be answered all the same."),
    ),
    FoiStep.COMMISSIONER_DECIDED: StepWords(
        later("Enter the Commissioner’s decision"),
        later("What has the desk to do?"),
        later("It is entered. The desk has 35 days, and may write a further reply."),
    ),
    FoiStep.COMMISSIONER_DONE: StepWords(
        later("Enter that it is over, or was done"),
        later("What was done?"),
        later("It is entered. The request is closed, unless something is still owed."),
    ),
}
ACTIVITIES: Mapping[Activity, Words] = {
    Activity.DETERMINING: later("To find out whether we hold it"),
    Activity.LOCATING: later("To find it"),
    Activity.RETRIEVING: later("To get it"),
    Activity.EXTRACTING: later("To take it out of the document that holds it"),
}
WANTED: Mapping[Wanted, Words] = {
    Wanted.TOTAL: later("A number"),
    Wanted.FIELD: later("Which fields or categories we hold"),
    Wanted.DOCUMENT: later("A document"),
    Wanted.STATEMENT: later("How or whether we do something"),
    Wanted.OTHER: later("Something else"),
}
REGISTERS: Mapping[Register, Words] = {
    Register.DOCUMENTS: later("Documents in force, and whether their review is overdue"),
    Register.SCRUTINY: later("Who looked at this desk from outside, and what came of it"),
    Register.OPERATIONS: later("What the software does by itself"),
    Register.FIELDS: later("Which fields are recorded, and how that changed"),
}
HELD_IN: Mapping[HeldIn, Words] = {
    **{HeldIn(it): text for it, text in TITLES.items()},
    HeldIn.SCRUTINY: REGISTERS[Register.SCRUTINY],
    HeldIn.OPERATIONS: REGISTERS[Register.OPERATIONS],
    HeldIn.NONE: later("None of these"),
}
TREATMENTS: Mapping[Treatment, Tag] = {
    Treatment.GIVEN: Tag(later("Given"), "green"),
    Treatment.WITHHELD: Tag(later("Withheld"), "red"),
    Treatment.NOT_HELD: Tag(later("Not held"), "grey"),
    Treatment.NEITHER: Tag(later("Neither confirmed nor denied"), "purple"),
}
NEITHER: Mapping[Neither, Words] = {
    Neither.SECURITY_BODIES: later("Bodies dealing with security matters"),
    Neither.NATIONAL_SECURITY: later("National security"),
    Neither.INVESTIGATIONS: later("Investigations and proceedings"),
    Neither.LAW_ENFORCEMENT: later("Law enforcement"),
    Neither.SAFETY: later("Health and safety"),
    Neither.OWN_DATA: later("Personal data of who asks"),
    Neither.PERSONAL: later("Personal data of somebody else"),
    Neither.CONFIDENCE: later("Given in confidence"),
}
PREJUDICES: Mapping[Prejudice, Words] = {
    Prejudice.WOULD: later("Disclosing it would prejudice something"),
    Prejudice.LIKELY: later("Disclosing it would be likely to prejudice something"),
}
FURTHER = later("Further reply")
CORRECTION = later("Correction of what is published, without a letter")
LETTERS: Mapping[LetterKind, Words] = {
    LetterKind.CLARIFICATION: later("Question back"),
    LetterKind.FEE: later("Fees notice"),
    LetterKind.MORE_TIME: later("Notice of more time"),
    LetterKind.NOT_VALID: later("Not a valid request"),
    LetterKind.TRANSFERRED: later("Notice of transfer"),
    LetterKind.REPLY: later("Reply"),
    LetterKind.REVIEW: later("Answer to the review"),
    LetterKind.UPHELD: later("Answer to the review: a further reply follows"),
}
