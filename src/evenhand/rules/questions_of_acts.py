"""The library, its numbers of acts in the log: who took each, and which of them may be published.

What is done with a person is done a few times with each. So a number of such acts is a number of
people, and is not published by act; the library has what may be told of people.
"""

from evenhand.rules.publishing_tables import About
from evenhand.rules.questions import By, Meaning
from evenhand.rules.questions_basis import HAPPENED
from evenhand.rules.words import words

CREATING = frozenset({"referral.log", "person.propose", "report.receive"})
"""The acts by which something comes on record; a report of the public is sent by a person."""
_STEPS_WITH_CONTENT = frozenset(
    {
        "referral.log",
        "report.receive",
        "import.pass",
        "assessment.submit",
        "referral.approve",
        "referral.return",
        "referral.refuse",
        "notice.request",
        "notice.byhand",
        "check.record",
        "answer.record",
        "answer.give",
    }
)
STEPS = (
    CREATING
    | _STEPS_WITH_CONTENT
    | {
        "person.authorise",
        "package.approve",
        "package.disclose",
        "review.confirm",
        "record.dispose",
        "content.dispose",
    }
)
"""The acts that make, judge, pass on or end what is on record."""
ACTS_ON_NOBODY = frozenset(
    {
        "absence.end", "absence.set", "agreement.end", "agreement.propose", "agreement.sign",
        "answer.give", "answer.record", "answer.silence", "assessment.start", "assessment.submit",
        "capture.handover", "capture.stop", "capture.take", "capture.timestamp", "check.record",
        "desk.attest", "desk.backup", "desk.keepclosed", "desk.open", "desk.propose",
        "desk.restore", "document.advise", "document.approve", "document.ico", "document.write",
        "erratum.publish", "erratum.write", "export.allow", "export.ask", "export.refuse",
        "export.take", "figure.correct", "figure.decline", "figure.doubt", "figure.publish",
        "figure.withdraw", "foi.answer", "foi.approve", "foi.change", "foi.confirm", "foi.correct",
        "foi.decline", "foi.estimate", "foi.fail", "foi.forget", "foi.forgetold", "foi.forgetwho",
        "foi.hold", "foi.log", "foi.part", "foi.propose", "foi.reach", "foi.receive", "foi.remove",
        "foi.return", "foi.send", "foi.step", "import.bring", "import.confirm", "import.erase",
        "import.pass", "import.reject", "instructions.accept", "intake.refuse", "key.rotate",
        "kind.ask",
        "kind.close", "kind.open", "link.revoke", "log.begin", "log.export", "mail.aside",
        "mail.attach", "mail.forget", "mail.keep", "mail.read", "notice.accept", "notice.byhand",
        "notice.comeback", "notice.fail", "notice.request", "officer.add", "officer.forget",
        "officer.retire", "order.ask", "order.review", "platform.edit", "platform.endsignoff",
        "platform.endtoken", "platform.signoff", "platform.token", "proof.fail", "proof.send",
        "quarter.settle", "question.answer", "referral.approve", "referral.close",
        "referral.handover", "referral.log", "referral.refuse", "referral.reopen",
        "referral.report", "referral.return", "referral.snooze", "referral.statutory",
        "referral.triage", "referral.withdraw", "report.forget", "report.join", "report.lapse",
        "report.log", "report.open", "report.receive", "report.setaside", "report.signpost",
        "schedule.approve", "schedule.propose", "scrutiny.none", "scrutiny.record",
        "scrutiny.tell", "token.create", "token.revoke", "training.record", "yearly.prepare",
        "yearly.publish",
    }
)  # fmt: skip
"""The acts whose number tells nothing of a person or of one request. No others are published."""

OF_ACTS = (
    Meaning(
        code="steps",
        title=words("Steps, by the kind of who took them"),
        definition=words(
            "Acts in the log by the kind of who acted: an officer, the public, or the desk’s own"
            " worker, which carries out what officers asked and keeps to the schedule. What was"
            " taken over from an old system is “import.pass”, and “referral.log” as well: an"
            " officer ran it."
        ),
        counted="act",
        parts=(By.ACT, By.ACTOR),
        by=(By.ACT, By.ACTOR, By.MONTH),
        basis=HAPPENED,
        only={By.ACT: STEPS},
        published_as="steps_with_content",
    ),
    Meaning(
        code="steps_with_content",
        title=words("Steps with content, by the kind of who took them"),
        definition=words(
            "Of the steps, those with referrals, notices, answers and reports. Steps with people’s"
            " records are not among them: how many records there are is told with those on record."
        ),
        counted="act",
        parts=(By.ACT, By.ACTOR),
        by=(By.ACT, By.ACTOR, By.MONTH),
        basis=HAPPENED,
        only={By.ACT: _STEPS_WITH_CONTENT},
    ),
    Meaning(
        code="created_by_machine",
        title=words("Records created by no person"),
        definition=words(
            "Acts in the log by which a referral, a person’s record or a report came on record, and"
            " that no person did. There is no such act in the service, so this is 0."
        ),
        counted="act",
        parts=(By.ACT, By.ACTOR),
        by=(By.ACT,),
        basis=HAPPENED,
        about=About.PEOPLE,
        only={By.ACT: CREATING, By.ACTOR: frozenset({"worker"})},
    ),
    Meaning(
        code="acts",
        title=words("Acts in the log"),
        definition=words(
            "Entries of the log, but looks and refused attempts, by act and kind of who acted."
        ),
        counted="act",
        parts=(By.ACT, By.ACTOR),
        by=(By.ACT, By.ACTOR, By.MONTH),
        basis=HAPPENED,
        published_as="acts_on_nobody",
    ),
    Meaning(
        code="acts_on_nobody",
        title=words("Acts in the log that are about no person"),
        definition=words(
            "Of the acts in the log, those that tell nothing of people on record or of one request"
            " about data. How many entries the log has in all, its checkpoint says."
        ),
        counted="act",
        parts=(By.ACT, By.ACTOR),
        by=(By.ACT, By.ACTOR, By.MONTH),
        basis=HAPPENED,
        only={By.ACT: ACTS_ON_NOBODY},
    ),
    Meaning(
        code="role_changes",
        title=words("Changes of a person’s role"),
        definition=words("Roles that became another, asked by one officer and allowed by another."),
        counted="act",
        parts=(By.ACT, By.ACTOR),
        by=(By.MONTH,),
        basis=HAPPENED,
        about=About.PEOPLE,
        only={By.ACT: frozenset({"role.change"})},
    ),
    Meaning(
        code="log_taken",
        title=words("The whole log taken to verify it"),
        definition=words(
            "Copies of the whole log that those who oversee the desk took, to verify it."
        ),
        counted="act",
        parts=(By.ACT, By.ACTOR),
        by=(By.MONTH,),
        basis=HAPPENED,
        only={By.ACT: frozenset({"log.export"})},
    ),
)
