"""The register's lines about a referral and what happens to it."""

from dataclasses import replace

from evenhand.rules.assessments import KINDS, Kind
from evenhand.rules.officers import Permission
from evenhand.rules.register import Basis, Keep, Table

REFERRAL = Table("referral", "run the case and answer for it", Basis.TASK, Keep.CASE)
WORDS = Table("words", "find a referral by a whole word", Basis.TASK, Keep.CONTENT, read_by=None)
MOVE = Table("move", "say why a referral moved", Basis.TASK, Keep.CASE)
EMERGENCY = Table("emergency", "show what was done for a life at risk", Basis.TASK, Keep.CASE)
LOOK = Table(
    "look",
    "keep looks at an account within the law (RIPA 2000)",
    Basis.LEGAL_DUTY,
    Keep.LOOKS,
    read_by=None,
)
ASSESSMENT = Table("assessment", "decide whether to ask a platform", Basis.TASK, Keep.CASE)
DECISION = Table("decision", "a second officer's decision", Basis.TASK, Keep.CASE)
NOTICE = Table("notice", "show what was sent, to whom and when", Basis.LEGAL_DUTY, Keep.SENT)
ANSWER = Table("answer", "count outcomes as platforms gave them", Basis.TASK, Keep.SENT)
RECHECK = Table("recheck", "say what a person saw afterwards", Basis.TASK, Keep.CASE)
SNOOZE = Table("snooze", "say why a step was put off", Basis.TASK, Keep.CASE)
HANDOVER = Table("handover", "say whose work a referral became", Basis.TASK, Keep.CASE)
NOTE = Table("note", "tell a colleague about a referral", Basis.TASK, Keep.CONTENT)
MAIL = Table("mail", "read what platforms answer by mail", Basis.TASK, Keep.MAIL)
MESSAGE = Table("mail_message", "show what a platform wrote, byte for byte", Basis.TASK, Keep.MAIL)
CAPTURE = Table(
    "capture",
    "show what words cannot, where strictly needed",
    Basis.STRICTLY_NECESSARY,
    Keep.CONTENT,
)
CAPTURE_TIME = Table(
    "capture_time",
    "prove that a capture was there at a time, by somebody outside",
    Basis.TASK,
    Keep.CONTENT,
)
EXPORT = Table(
    "export",
    "say what of a referral left, to whom and for what (DPA 2018 s.62(3))",
    Basis.LEGAL_DUTY,
    Keep.CASE,
    read_by=Permission.READ_DISCLOSURES,
    words_read_by=Permission.SHARE,
)
OPENS_CAPTURE = replace(CAPTURE, purpose="open its file for a reason", words_read_by=None)
REFUSED = Table("refused_intake", "count what was refused", Basis.LEGAL_DUTY, Keep.REFUSED)
SIGN_OFF = Table(
    "sign_off",
    "leave to send to a platform (DPA 2018 ss.73–77)",
    Basis.LEGAL_DUTY,
    Keep.POLICY,
    read_by=Permission.READ_PLATFORMS,
    words_read_by=Permission.READ_PLATFORMS,
)
PLATFORM_TOKEN = Table(
    "platform_token",
    "let a platform's own program answer",
    Basis.SECURITY,
    Keep.POLICY,
    read_by=Permission.READ_PLATFORMS,
)
PLATFORM = Table(
    "platform_version",
    "know how to reach a platform and what its policies say",
    Basis.TASK,
    Keep.POLICY,
    read_by=Permission.READ_PLATFORMS,
    words_read_by=Permission.READ_PLATFORMS,
)
WITHHOLDING = Table(
    "withholding",
    "keep a referral from posters on a ground in law, for a time",
    Basis.LEGAL_DUTY,
    Keep.CASE,
)
STEPS = (
    MOVE,
    EMERGENCY,
    ASSESSMENT,
    DECISION,
    NOTICE,
    ANSWER,
    RECHECK,
    SNOOZE,
    HANDOVER,
    NOTE,
    MAIL,
    CAPTURE,
    EXPORT,
    WITHHOLDING,
)
ASSESSED = {
    "provision": "The provision of law relied on",
    "policy_clause": "The clause of the platform's policy",
    "policy_version": "The version or date of that policy",
    "evidence_inside": "What in the content itself shows the harm",
    "evidence_outside": "What outside the content was relied on",
    "provision_why": "Why that law applies",
    "policy_why": "Why the content breaks that clause",
    "supports_opposite": "What supports the opposite view",
    "expression_weighing": "How protected expression was weighed",
    "less_intrusive": "Which lesser steps were considered",
    "necessity": "Why the request is necessary and proportionate",
    "child_interests": "What is in a child's best interests",
}

CASEWORK = (
    *REFERRAL.hidden(id="The record's own random id", key_id="Which key seals its words",
                     same_content="A keyed hash, equal for the same content",
                     statutory_with="Which of the same content went by the statutory route",
                     account="A keyed hash of the account that the address names, to count them"),
    *REFERRAL.plain(
        origin="The old system that it was taken over from",
        number="Its number in the order of logging",
        reference="The reference that officers and platforms use",
        version="How many acts have changed it",
        state="Where it stands on the desk",
        state_since="Since when",
        platform="The platform's code or host name",
        source="How the desk came to know of the content",
        public_without_login="That anyone could see it; nothing else is ever stored",
        observed_at="When it was seen",
        content_type="The form of the content, never a genre",
        language="The language of the content, as a code",
        duplicate_of_id="The earlier referral of the same content",
        logged_at="When it was logged",
        counted_look="That logging it counted as a look at an account",
        triage="What the first look led to",
        signpost="Who deals with it instead, as a code",
        emergency_since="Since when an emergency waits for the record of what was done",
        harm="The harm alleged, as a code",
        ground="Whether it rests on law, terms or both",
        terms_only="That no offence is alleged",
        child="That a child is shown or likely",
        assessed_at="When it was assessed last",
        approved_at="When it was approved",
        in_the_post="That a message is on its way",
        sent_at="When the platform's mail server took it",
        order_review="How the review of a content removal notice stands, where one was asked for",
        answer_by="By when the law has the platform act on a content removal notice",
        last_message_at="When the last message went out",
        chases="How many reminders went out",
        link_number="Which of the links works by which the platform answers",
        mail_since="Since when mail about it waits to be read",
        withdrawal_owed="That the platform does not know yet that it is withdrawn",
        before_challenge="Where it stands once a challenge is settled that interrupts it",
        due_at="By when the next step is due, by the desk's own clocks",
        put_off_until="Until which day that step was put off",
        platform_status="How the platform stands to it",
        last_seen="What a person saw last",
        is_removal="That it counts as a removal",
        removal_since="Since when it counts as one",
        closed_at="When it was closed",
        reported_to="Where the statutory route led",
        schedule="The row of the retention schedule, from when it ended",
        start_on="From when it is kept under that row",
        review_on="When it must be reviewed",
        max_on="Its last day",
        extended="That its last day was moved",
        restricted="Why it is closed to casework",
    ),
    *REFERRAL.personal(
        logged_by_id="Who logged it",
        owner_id="Who keeps it going",
        assessed_by_id="Who assessed it last",
        assessors="Everyone who assessed it",
        approved_by_id="Who approved it",
    ),
    *REFERRAL.words(
        keep=Keep.CONTENT,
        url="The address as it was entered",
        canonical_url="The address in its one spelling",
        content_id="The platform's id of the content",
        description="What is shown, in the officer's own neutral words",
    ),
    *REFERRAL.words(
        source_detail="What the source said, without its identity",
        authorisation="The reference of an authorisation, held elsewhere, to look at the account",
        reported_reference="The reference that the statutory body gave",
    ),
    *WORDS.hidden(id="The referral's id", referral_id="The referral", number="Its number",
                  tokens="Keyed hashes of the words; they show no word"),
    *(line for table in STEPS for line in (
        *table.hidden(id="The step's own random id"),
        *table.plain(referral_id="The referral it belongs to", at="When it was done"),
        *table.personal(by_id="Which officer did it"),
    )),
    *MOVE.plain(move="Which move it was"),
    *MOVE.words(Kind.ASSESSMENT, reason="Why, in the officer's own words"),
    *EMERGENCY.plain(done="What was done, as codes", done_at="When it was done"),
    *EMERGENCY.words(
        Kind.FACT,
        told="Who was told",
        their_reference="The reference that they gave",
        words="What happened, in the officer's own words",
    ),
    *LOOK.hidden(id="The look's own random id"),
    *LOOK.plain(referral_id="The referral that was logged", day="The day"),
    *LOOK.personal(
        account="A keyed hash of the account, which does not show it",
        by_id="Which officer looked first that day",
    ),
    *ASSESSMENT.plain(
        number="Which assessment of this referral it is",
        harm="The harm alleged, as a code",
        also_harms="Further harms, as codes",
        ground="Whether it rests on law, terms or both",
        expression="Which protected kinds of expression are present",
        child="Whether a child is shown or likely",
        in_group="Which group it was assessed in, as a random id",
    ),
    *(line for name, about in ASSESSED.items()
      for line in ASSESSMENT.words(KINDS[name], None, **{name: about})),
    *DECISION.plain(assessment_id="The assessment it is about", decision="What was decided"),
    *DECISION.words(Kind.ASSESSMENT, reason="Why, in the second officer's own words"),
    *NOTICE.plain(
        kind="Referral, reminder, or the proof that follows one",
        transport="The channel",
        form="The form of a referral by e-mail, such as plain text",
        message_sha256="The fingerprint of the exact bytes",
        delivery="What became of it",
        attempts="How often it was tried",
        failure="Why it failed, as the mail server's code",
        proof="Where its proof stands that it is in the log, if witnesses cosign that",
        settled_at="When it was accepted, sent by hand, or failed",
        came_back="What a mail server on the way reported later, as its code",
    ),
    *NOTICE.personal(witness_id="Which officer watched a form being sent"),
    *NOTICE.words(
        recipient="The platform's address",
        message="The exact message",
        their_reference="The reference that the platform's form gave",
        witness_initials="The initials of the officer who watched",
    ),
    *ANSWER.plain(
        kind="Acknowledgement or decision",
        outcome="What the platform decided",
        why_declined="Why it declined, as far as it is about how the desk had asked",
        counted_as="The platform, ground and decision under which it is counted",
        mail_id="The message that gave the answer, if one did",
    ),
    *ANSWER.words(
        Kind.FACT,
        their_reference="The platform's own reference",
        ground_relied_on="The ground the platform gave",
        statement_of_reasons="The platform's statement of reasons",
    ),
    *RECHECK.plain(seen="What the person saw"),
    *WITHHOLDING.plain(
        ground="On which ground in law, as a code",
        until="Until which day posters are not told; a day before its own ends it early",
    ),
    *WITHHOLDING.words(Kind.ASSESSMENT, reasons="Why, in the officer's own words"),
    *SNOOZE.plain(until="Until which day the step was put off"),
    *SNOOZE.words(Kind.ASSESSMENT, reason="Why, in the officer's own words"),
    *HANDOVER.personal(
        earlier_owner_id="Whose work it was", new_owner_id="Whose work it became"
    ),
    *HANDOVER.words(Kind.ASSESSMENT, reason="Why, in the officer's own words"),
    *NOTE.personal(mentions="Which colleagues it is meant for"),
    *NOTE.words(Kind.ASSESSMENT, text="What the officer told colleagues; no platform gets it"),
    *MAIL.hidden(key_id="Which key seals it, until it belongs to a referral"),
    *MAIL.plain(
        notice_id="The message of this desk that it answers or reports on",
        kind="Letter, reply of a machine, or report of a mail server",
        status="What a mail server reports, as its code",
        size="How many bytes it has",
        whole="That every byte of it is kept",
        message_sha256="The fingerprint of the bytes that are kept",
        settled_at="When somebody attached it or set it aside",
        read_at="When somebody read it for its referral",
        max_on="Its last day, while it belongs to no referral",
    ),
    *MAIL.personal(read_by_id="Which officer read it first"),
    *MAIL.words(sender="Whom it says it is from", subject="Its subject"),
    *MAIL.words(Kind.ASSESSMENT, reason="Why it was attached or set aside"),
    *MESSAGE.hidden(id="The message's id", mail_id="The message"),
    *MESSAGE.words(message="Its exact bytes, or its headers where it is too long"),
    *CAPTURE.plain(
        how="How it was made",
        taken_at="When, by the clock of the device",
        clock_offset="By how many seconds that clock was ahead",
        format="The format of the file, told from its content",
        size="The size of the file in bytes",
        sha256="The fingerprint of the file before it was sealed",
        scan="Whether an antivirus read it",
        can_be_drawn="That a page may show it, once asked",
        locked_at="When it was stopped as illegal imagery",
    ),
    *CAPTURE.personal(locked_by_id="Which officer stopped it"),
    *CAPTURE.words(Kind.ASSESSMENT, why="Why the file is strictly needed"),
    *OPENS_CAPTURE.words(identity="What opens the file, which lies in a store of files, sealed"),
    *CAPTURE_TIME.hidden(
        id="The capture",
        response="The timestamp as the authority signed it, over the fingerprint of the file",
        certificates="The authority's certificates that were trusted then",
    ),
    *CAPTURE_TIME.plain(at="When it came", stamped_at="The time that the authority signed"),
    *EXPORT.plain(
        version="How many acts have changed it",
        agreement_id="The version of the agreement",
        recipient_person="The random id of the named person at the recipient",
        purpose="For what it leaves, as a code",
        captures="The random ids of the captures that go with it",
        allowed="Whether a second officer allowed it",
        answered_at="When that officer answered",
        child="That it is about a child, so that the data protection officer answers as well",
        dpo_allowed="Whether the data protection officer allowed it",
        dpo_at="When the data protection officer answered",
        taken_at="When it was taken last",
        package_sha256="The fingerprint of what was taken last",
    ),
    *EXPORT.personal(
        answered_by_id="Which second officer answered",
        dpo_by_id="Which data protection officer answered",
    ),
    *EXPORT.words(
        Kind.ASSESSMENT,
        reason="Why it is exported",
        answer="Why it was answered so",
        dpo_why="Why the data protection officer answered so",
    ),
    *REFUSED.plain(day="The day", rule="The rule that refused it", count="How often"),
    *REFUSED.hidden(id="The row's own random id"),
    *PLATFORM.hidden(id="The version's own random id", key_id="Which key seals its words"),
    *PLATFORM.plain(
        platform="The platform's code or host name",
        number="Which version it is",
        first_chase_days="Working days until the first reminder, where not the desk's own",
        chase_gap_days="Working days between reminders, where not the desk's own",
        made_at="When it was saved",
        replaced_at="When a newer version replaced it",
    ),
    *PLATFORM.personal(made_by_id="Which officer saved it"),
    *PLATFORM.words(document="Ways to reach the platform, its form and its policies"),
    *SIGN_OFF.hidden(id="The sign-off's own random id", key_id="Which key seals its words"),
    *SIGN_OFF.plain(
        platform="The platform's code or host name",
        transport="The channel",
        signed_at="When it was signed",
        review_on="When it must be looked at again",
        ended_at="When it ended",
    ),
    *SIGN_OFF.personal(signed_by_id="Which data protection officer signed it"),
    *PLATFORM_TOKEN.hidden(
        digest="A hash of the token under the desk's key; the token itself is not kept"
    ),
    *PLATFORM_TOKEN.plain(
        id="The token's own random id",
        platform="The platform's code or host name",
        made_at="Since when",
        expires_at="Until when",
    ),
    *PLATFORM_TOKEN.personal(made_by_id="Which administrator made it"),
    *SIGN_OFF.words(contact="The platform's address for notices", basis="The legal basis"),
)  # fmt: skip
