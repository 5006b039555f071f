"""What a recall says, and to whom it goes."""

from django.conf import settings

from evenhand.rules.agreements import NamedPerson, named
from evenhand.rules.messages import Message
from evenhand.rules.recalls import Why, recall_message
from evenhand.store.agreements import terms_of
from evenhand.store.sharing import RecallRow


def message_of(row: RecallRow) -> tuple[Message, NamedPerson]:
    """Write a recall, or its reminder; give it with the person whom it goes to."""
    terms = terms_of(row.disclosure.agreement)
    message = recall_message(
        row.disclosure.reference,
        Why(row.why),
        days=terms.recall_days,
        again=row.sent_at is not None,
        desk=settings.DESK.name,
        contact=settings.DESK.contact_email,
    )
    return message, named(terms, row.disclosure.recipient_person)
