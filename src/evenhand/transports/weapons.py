"""The content removal notice of the Crime and Policing Act 2026 s.21, for unlawful weapons content.

Its seven parts are those of s.21(5)(a) to (g). Whether the section is in force, and what
regulations prescribe besides, has not been verified: a desk sends it only where its profile says
so.
"""

from evenhand.rules.messages import Message, NoticeFacts, answer_here, weapons_subject
from evenhand.rules.notice_forms import Rendering
from evenhand.rules.words import words


def render(facts: NoticeFacts) -> Rendering:
    """Write the notice: what, why, by when, how to have it reviewed, and what follows."""
    parts = [
        words("Content removal notice under section 21 of the Crime and Policing Act 2026"),
        f"{words('Our reference:')} {facts.reference}",
        _headed(words("1. The content"), f"    {facts.url}", _seen(facts)),
        _headed(
            words("2. Why we consider it unlawful weapons content"),
            f"{words('What it is about:')} {facts.harm.title}",
            f"{words('What in the content shows this:')}\n{facts.evidence}",
            f"{words('The law that it breaks, and where that law applies:')}\n{facts.provision}",
            f"{words('Why:')}\n{facts.provision_why}",
        ),
        _headed(
            words("3. What you must do, and by when"),
            words(
                "You must remove this content and confirm to us that you did so, within 48 hours"
                " beginning with the time when this notice was given to you. It is given when"
                " your mail server takes this message."
            ),
        ),
        answer_here(facts),
        _headed(
            words("4. Your right to a review"),
            words(
                "You may ask us to review this notice under section 22 of the Act. Answer this"
                " message, or use the link above, and say why the notice should not have been"
                " given, or should be changed."
            ),
        ),
        _headed(
            words("5. If you do not comply"),
            words(
                "If the content is not removed in that time and you have not asked for a review,"
                " the Act provides for a penalty."
            ),
        ),
        _headed(
            words("6. The authorised officer"),
            words("You reach the authorised officer who gives this notice here:"),
            f"{facts.desk}\n{facts.contact}\n{words('Reference:')} {facts.reference}",
        ),
        _headed(
            words("7. Further information"),
            words(
                "A person found and assessed this content. A second person approved this notice."
                " We can withdraw it at any time; you are then told in writing."
            ),
        ),
    ]
    return Rendering(
        Message(subject=weapons_subject(facts.reference), body="\n\n".join(parts) + "\n")
    )


def _seen(facts: NoticeFacts) -> str:
    return f"{words('Seen by us:')} {facts.observed}"


def _headed(heading: str, *paragraphs: str) -> str:
    return "\n\n".join([heading, *paragraphs])
