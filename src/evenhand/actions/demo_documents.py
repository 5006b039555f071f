"""The demo's documents: an impact assessment and a policy document, whole, and invented."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from evenhand.actions import assurance, scrutiny
from evenhand.rules.assurance import DocumentKind, Part, Residual
from evenhand.rules.officers import Acting, Officer
from evenhand.rules.scrutiny import Scrutiny, ScrutinyKind, Told
from evenhand.store.assurance import true_here
from evenhand.store.scrutiny import ScrutinyWordRow

REVIEW = timedelta(days=360)
LAPSED = timedelta(days=60)
ADVICE = (
    "Fictional advice. I have read the assessment. The need for a record of a person must be shown"
    " in each case, and the default is none. I ask to see each quarter how many people are held,"
    " in which role and for how long, and how many records were restricted because nobody reviewed"
    " them. With that I advise that the risk which is left is acceptable."
)
DPIA: Mapping[Part, str] = {
    Part.DESCRIPTION: (
        "This is the assessment of an invented desk.\n\n"
        "The desk asks online platforms to look at public content that may break the law or their"
        " terms. Most of its work needs no record of any person. A person is recorded only through"
        " a referral, when an officer states why it is strictly necessary: to protect somebody who"
        " is threatened, to give a named investigation what it needs, or to answer somebody who"
        " reported the content.\n\n"
        "Data: a name, a date of birth or an age with how it is known, the role in that referral,"
        " statements told apart as fact or assessment, and for victims, witnesses and reporters a"
        " way to reach them. Source: public content and what people tell the desk. Recipients:"
        " only those with an agreement that is in date. Nobody receives a list.\n\n"
        "Purpose: to prevent harm by removal, or to protect a person. Legal basis: DPA 2018"
        " s.35(2)(b), a task of a competent authority."
    ),
    Part.DANGERS: (
        "A victim could be taken for a suspect, and be treated as one by others.\n"
        "A person could be held for longer than needed, and nobody would notice.\n"
        "Young people, and people of one background or taste in music, could be recorded more"
        " often than others.\n"
        "An officer could look up somebody they know.\n"
        "What was shared could turn out wrong after it was shared.\n"
        "People could say less in public because they fear to be recorded."
    ),
    Part.MEASURES: (
        "The role stands on the link between person and referral, has no default, and a suspect"
        " needs an offence, objective grounds and a date. Grounds of genre, place, dress or"
        " acquaintance cannot be chosen.\n"
        "Every record has a review date and a last date; one that nobody reviewed is restricted"
        " by itself.\n"
        "There is no list of people, no search but by the exact key, and no score. Each look is in"
        " the log before anything is shown, and the overseer sees how many there were.\n"
        "A second officer authorises each record and each change of role. Unknown age is treated"
        " as under 18.\n"
        "Every recipient is told of each correction, and is chased until they answer."
    ),
    Part.SAFEGUARDS: (
        "Names and words are encrypted under a key of each person’s own; destroying that key"
        " destroys every copy, backups included.\n"
        "Officers see what their role needs. The data protection officer and the overseer read"
        " neither names nor words of a case.\n"
        "The log cannot be rewritten without its being noticed, and anyone can check it.\n"
        "Compliance is shown by the rules that the service publishes with the test that breaks"
        " each, by counts, and by this document, which is compared with how the desk is set up.\n"
        "People are told unless the law allows otherwise, and can ask, correct and complain."
    ),
}
APD: Mapping[Part, str] = {
    Part.PROCEDURES: (
        "This is the policy document of an invented desk (DPA 2018 ss.35(5) and 42).\n\n"
        "Lawful and fair: each record names its legal basis, and what is sensitive needs strict"
        " necessity and a condition of Schedule 8, in practice paragraph 1 (statutory purposes) or"
        " 4 (safeguarding of children and of individuals at risk).\n"
        "Limited in purpose: the purpose is fixed when the record is made and cannot be widened.\n"
        "Adequate and not excessive: there is no field for race, religion, politics, health or"
        " sexuality of a person, and no free notes on one.\n"
        "Accurate: facts are told apart from assessments, each with its source or basis and grade;"
        " anybody who reads a record can contest it, which restricts it.\n"
        "Secure: names and words are sealed, each look is logged, and roles that check each other"
        " are never held by one person."
    ),
    Part.RETENTION: (
        "A suspect without charge or hand-over: review after 6 months, at most 12; under 18, 3 and"
        " 6 months. A victim: review after 6 months, at most 24. A witness: 6 and 12 months. A"
        " reporter’s contact: 1 and 3 months from the closing of the case.\n\n"
        "A review answers each question, and keeping needs reasons. A record that nobody reviewed"
        " in time is restricted. Disposal is proposed by one officer and released by another; the"
        " key is destroyed, and a certificate without personal data remains.\n\n"
        "This document is kept, reviewed, given to the Information Commissioner on request and"
        " kept for 6 months after the processing has ended."
    ),
}


CONDITIONS = ("1", "4")
"""Of Schedule 8, as the policy document says in words."""


EIA: Mapping[Part, str] = {
    Part.AIMS: (
        "This is the equality impact assessment of an invented desk (Equality Act 2010 s.149).\n\n"
        "Requests are about single posts and rest on an offence or on a platform’s own terms. What"
        " is expression needs its weighing in writing, by an officer and an approver."
    ),
    Part.CONSULTATION: (
        "An invented youth forum, an invented musicians’ charity and an invented residents’"
        " association were asked. The charity asked that music never be a reason by itself; the"
        " form asks for a ground in law or terms, so that it cannot be."
    ),
    Part.EFFECTS: (
        "Young people and people of some ethnic groups may be named more often than others. No"
        " record of a person has such a field. Counts by ground, platform and kind of expression"
        " are compared each quarter; what is not known is said to be not known."
    ),
    Part.ACTIONS: (
        "The equality lead reads the comparison each quarter, asks for an explanation where one"
        " area or one platform stands out, and publishes both."
    ),
}


MORE: Mapping[DocumentKind, Mapping[Part, str]] = {
    DocumentKind.INSTRUCTIONS: {
        Part.INSTRUCTIONS: (
            "1. Use people’s data for this desk’s task alone, on this service alone.\n"
            "2. Look at a record only where the work needs it. Each look is logged in your name.\n"
            "3. Never take a copy, a photograph or a note of a record out of the desk.\n"
            "4. Say at once if something went wrong: record a breach, and tell the data protection"
            " officer."
        )
    },
    DocumentKind.JOINT_CONTROLLERS: {
        Part.PARTIES: "None",
        Part.ARRANGEMENT: (
            "This desk decides alone why and how data is processed. People turn to its contact"
            " point."
        ),
    },
    DocumentKind.PROCESSORS: {
        Part.PARTIES: (
            "Invented Hosting; privacy@hosting.example; runs the machines; 2026-02-01; {hosting};"
            " nobody\n"
            "Invented Printers; desk@printers.example; prints letters; 2025-09-01; {printing}"
        ),
        Part.CONTRACTS: (
            "Each is bound by a written contract to act on this desk’s instructions alone, to keep"
            " data confidential, to delete it at the end, and to employ nobody else without written"
            " leave."
        ),
    },
    DocumentKind.EQUALITY_INFORMATION: {
        Part.INFORMATION: (
            "This invented desk publishes each quarter how many people it perceived as of which"
            " group, joined to no record, and what stood out in the work. Nobody who works here is"
            " named or counted by group, because they are fewer than ten."
        )
    },
    DocumentKind.EQUALITY_OBJECTIVES: {
        Part.OBJECTIVES: (
            "By 2029 every referral about a form of expression is read by a second officer who was"
            " trained in it. Measured by the yearly transparency report."
        )
    },
}


def put_in_force(team: Mapping[str, Officer], *, at: datetime) -> None:
    """Have all of them written, advised on and approved, each by another of the team.

    The contract with one invented processor is over, so that a desk sees how that shows.
    """
    writer, advises = team["Ned Wren"], team["Ida Frost"]
    days = {"hosting": (at + REVIEW).date(), "printing": (at + LAPSED).date()}
    more = {
        kind: {part: text.format(**days) for part, text in parts.items()}
        for kind, parts in MORE.items()
    }
    for kind, parts in (
        (DocumentKind.DPIA, DPIA),
        (DocumentKind.APD, APD),
        (DocumentKind.EIA, EIA),
        *more.items(),
    ):
        is_dpia = kind is DocumentKind.DPIA
        number = assurance.write(
            kind,
            parts,
            residual=Residual.MEDIUM if is_dpia else None,
            claims=true_here() if is_dpia else (),
            conditions=CONDITIONS if kind is DocumentKind.APD else (),
            acting=Acting(officer=writer, at=at),
        )
        assurance.advise(kind, number, ADVICE, acting=Acting(officer=advises, at=at))
        approving = Acting(officer=team["Lia Moss"], at=at)
        assurance.approve(kind, number, (at + REVIEW).date(), acting=approving)


def looked_at(team: Mapping[str, Officer], *, at: datetime) -> None:
    """Have an invented body look at the desk, and say of other kinds that there was none."""
    acting, today = Acting(officer=team["Ida Frost"], at=at), at.date()
    audit = Scrutiny(
        kind=ScrutinyKind.INSPECTION,
        body="Invented Inspectorate of Desks",
        held_on=today,
        scope="Whether every referral is seen by two officers.",
    )
    number = scrutiny.record(audit, acting=acting)
    for what, text in (
        (Told.OUTCOME, "Of 40 referrals that were looked at, each was seen by two officers."),
        (Told.RECOMMENDATION, "Say in the instructions who stands in for an approver."),
    ):
        scrutiny.tell(number, what, text, today, acting=acting)
    asked = ScrutinyWordRow.objects.get(what=Told.RECOMMENDATION).id
    done = "The instructions say it from their next version on."
    scrutiny.tell(number, Told.IN_HAND, done, today, about=asked, acting=acting)
    for kind in (ScrutinyKind.AUDIT, ScrutinyKind.APPEAL, ScrutinyKind.DECISION_NOTICE):
        scrutiny.say_none(kind, today, acting=acting)
