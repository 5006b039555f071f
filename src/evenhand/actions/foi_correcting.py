"""Begins to correct a published reply whose request is erased, or ended and reached nobody."""

from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from evenhand.actions.foi_entering import about_request
from evenhand.ledger.acts import Act
from evenhand.rules.foi import Channel, FoiStanding, next_number
from evenhand.rules.foi_correcting import check_can_correct
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.texts import check_given
from evenhand.store.foi import FoiRequestRow
from evenhand.store.foi_replies import FoiDisclosureRow
from evenhand.store.sealing import new_record_key, seal_into
from evenhand.store.writing import writing


def begin(number: str, text: str, *, acting: Acting) -> str:
    """Begin to correct what is published of a request, and say what is wrong; give its own number.

    Two officers answer and approve it as any reply. Nobody is written to: as it is approved it is
    published, with its day, below what it corrects. Raises NotFound, FoiStepWrong.
    """
    check_may(acting.officer, Permission.ANSWER_FOI)
    check_given(text, at="text")
    today = timezone.localdate(acting.at)
    requests = FoiRequestRow.objects
    with transaction.atomic(savepoint=False), writing() as pen:
        last = requests.last_number(today.year)  # Nobody else begins one until the end of the act.
        own = requests.filter(number=number).first()
        other = requests.correcting(number).first()
        published = FoiDisclosureRow.objects.filter(number=number).order_by("reply")
        check_can_correct(
            number,
            is_published=published.exists(),
            standing=FoiStanding(own.standing) if own else None,
            corrected_by=other.number if other else "",
        )
        ref = uuid4()
        row = FoiRequestRow(
            id=ref,
            key_id=ref,
            number=next_number(today.year, last),
            channel=Channel.CORRECTION,
            corrects=number,
            received_on=published[0].received_on,
            logged_at=acting.at,
            logged_by_id=acting.officer.ref,
        )
        seal_into(row, new_record_key(ref), asked=text)
        row.save(force_insert=True)
        pen.enter(about_request(row, Act.FOI_LOGGED, acting, row.channel))
    return row.number
