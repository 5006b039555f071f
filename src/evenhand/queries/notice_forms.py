"""One assessment in every form of notice: what it says and leaves out, and whether it may go."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.conf import settings

from evenhand.queries import consultations
from evenhand.queries.notices import NOT_YET
from evenhand.rules.messages import NoticeFacts
from evenhand.rules.notice_forms import (
    FILES,
    ChosenForm,
    FormDoesNotFit,
    NoticeForm,
    Rendering,
    ReportKind,
    Told,
    kinds_for,
    left_out,
    why_not,
)
from evenhand.rules.notices import NoticeKind
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.referrals import MoveForbidden
from evenhand.rules.refusals import Refused
from evenhand.rules.sheets import FilledField, SheetEmpty
from evenhand.rules.words import words
from evenhand.seal.record import RecordKey
from evenhand.store.notices import facts_of, forms_taken, sheet_of
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key
from evenhand.transports.forms import rendering


@dataclass(frozen=True, slots=True)
class InForm:
    """A notice in one form; ``form`` None is the platform's own, filled in by hand.

    ``rendering`` is None where the form does not fit, or has no fields here. ``kinds`` are what a
    XARF report may say that it is about, ``only_if`` is what a person checks before; ``too_long``
    are the fields of the platform's own form that do not take all of our text.
    """

    form: NoticeForm | None
    refused: Refused | None
    rendering: Rendering | None
    text: str
    left_out: Sequence[Told]
    kinds: Sequence[ReportKind] = ()
    only_if: str = ""
    too_long: Sequence[FilledField] = ()

    @property
    def may_be_sent(self) -> bool:
        """Say whether nothing speaks against this form; who may send, and when, is another rule."""
        return self.refused is None

    @property
    def why_not(self) -> str | None:
        """Give the code of the rule that refuses it."""
        return self.refused.code if self.refused else None


def compared(reference: str, *, acting: Acting) -> Sequence[InForm]:
    """Give the referral in each form side by side. Raises MoveForbidden if it is not assessed."""
    check_may(acting.officer, Permission.READ_WORDS)
    row = ReferralRow.objects.select_related("key").named(reference)
    if row.assessed_at is None:
        raise MoveForbidden(
            words("This referral is not assessed yet, so there is nothing to put into a notice."),
            do=words("Assess it first."),
        )
    consultations.at_referral(row, Permission.READ_WORDS, acting=acting)
    key = open_record_key(row.key)
    facts, taken = facts_of(row, key), forms_taken(row.platform, *FILES)
    found = [_in_form(form, facts, taken) for form in NoticeForm]
    return [*found, _by_hand(row, key, facts, acting)]


def _in_form(form: NoticeForm, facts: NoticeFacts, taken: Collection[NoticeForm]) -> InForm:
    refused = why_not(form, facts, allowed=settings.DESK.notice_forms, taken=taken)
    kinds = kinds_for(facts.harm) if form is NoticeForm.XARF else ()
    if isinstance(refused, FormDoesNotFit):
        return InForm(form, refused, None, "", ())
    written = rendering(facts, ChosenForm(form, next(iter(kinds), None)), NOT_YET)
    left, only_if = left_out(facts, written.readable), facts.harm.xarf_only_if if kinds else ""
    return InForm(form, refused, written, written.message.body, left, kinds, only_if)


def _by_hand(row: ReferralRow, key: RecordKey, facts: NoticeFacts, acting: Acting) -> InForm:
    try:
        sheet = sheet_of(row, key, NoticeKind.REFERRAL, at=acting.at)
    except SheetEmpty as refused:
        return InForm(None, refused, None, "", ())
    text = "\n\n".join(f"{it.label}\n{it.text}" for it in sheet.fields)
    too_long = [it for it in sheet.fields if it.too_long_by]
    return InForm(None, None, None, text, left_out(facts, text), too_long=too_long)
