"""What is asked of each address of a batch before it is logged: correct it, leave it out, go on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from django.http import QueryDict
from django.utils.translation import gettext as _

from evenhand.actions.batches import recognise
from evenhand.actions.referrals import Admitted, Continuing
from evenhand.queries import referrals
from evenhand.queries.platforms import called
from evenhand.queries.referrals import ReferralLine
from evenhand.rules.content import LONGEST, Content, is_whole_account
from evenhand.rules.intake import MOST_ADDRESSES
from evenhand.rules.officers import Acting
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import LONG
from evenhand.web.faults import RefusalError
from evenhand.web.forms import HouseForm, LineField, OneField, Option, TickField, WordsField

LINK, CONTINUE, LEAVE = "link", "continue", "leave"
OF_ROWS = ("address_", "seen_", "leave_", "whole_", "what_", "reason_")


@dataclass(frozen=True, slots=True)
class Row:
    """One address: its number in what was pasted, and what is known of it.

    ``seen`` is the spelling that the officer was last told about; ``platform_name`` is empty where
    no platform was recognised.
    """

    number: int
    address: str
    seen: str
    found: Content | Refused
    earlier: Sequence[ReferralLine]
    platform_name: str = ""

    @property
    def refused(self) -> Refused | None:
        """Give why the address cannot be logged as it is."""
        return self.found if isinstance(self.found, Refused) else None

    @property
    def is_account(self) -> bool:
        """Say whether it leads to a whole account and not to one content of it."""
        return isinstance(self.found, Content) and is_whole_account(self.found)

    @property
    def is_new(self) -> bool:
        """Say whether the officer has not been told about this spelling yet."""
        return self.address != self.seen


@dataclass(frozen=True, slots=True)
class Batch:
    """The addresses that an officer is about to log, in the order in which they were pasted.

    ``left`` are the numbers of those that the officer has left out.
    """

    rows: Sequence[Row]
    left: Sequence[int] = ()

    @classmethod
    def of(cls, addresses: Sequence[str], acting: Acting, *, key: str) -> Self:
        """Recognise addresses that were just pasted into the showing of the form named ``key``."""
        return cls._of(dict(enumerate(addresses, 1)), {}, acting, key=key)

    @classmethod
    def sent(cls, data: QueryDict, acting: Acting) -> Self:
        """Recognise the addresses of a check page that was sent; what was left out is gone."""
        addresses, seen, left = {}, {}, set(data.getlist("left"))
        for number in range(1, MOST_ADDRESSES + 1):
            address = data.get(f"address_{number}", "").strip()
            if address and not data.get(f"leave_{number}"):
                addresses[number] = address
                seen[number] = data.get(f"seen_{number}", "")
            elif f"address_{number}" in data:
                left.add(str(number))
        numbers = [it for it in range(1, MOST_ADDRESSES + 1) if str(it) in left]
        return replace(cls._of(addresses, seen, acting), left=numbers)

    @classmethod
    def _of(
        cls, addresses: Mapping[int, str], seen: Mapping[int, str], acting: Acting, *, key: str = ""
    ) -> Self:
        found = recognise(addresses, counted=set(seen.values()), acting=acting, key=key)
        known = [it for number, it in addresses.items() if isinstance(found[number], Content)]
        on = {number: it.platform for number, it in found.items() if isinstance(it, Content)}
        names = called(set(on.values()))
        earlier = referrals.earlier_ones(known, officer=acting.officer)
        return cls(
            [
                Row(
                    number,
                    it,
                    seen.get(number, ""),
                    found[number],
                    earlier.get(it, ()),
                    names.get(on.get(number, ""), ""),
                )
                for number, it in addresses.items()
            ]
        )

    def again(self, acting: Acting) -> Self:
        """Recognise the same addresses once more, as the desk stands now."""
        addresses = {row.number: row.address for row in self.rows}
        return replace(self._of(addresses, addresses, acting), left=self.left)

    @property
    def addresses(self) -> list[str]:
        """Give the addresses as they were entered."""
        return [row.address for row in self.rows]

    @property
    def refused(self) -> Sequence[Row]:
        """Give those that cannot be logged as they are."""
        return [row for row in self.rows if row.refused]

    @property
    def asked(self) -> Collection[int]:
        """Give the numbers of those whose content this desk has already."""
        return {row.number for row in self.rows if row.earlier}

    @property
    def accounts(self) -> Collection[int]:
        """Give the numbers of those that lead to a whole account."""
        return {row.number for row in self.rows if row.is_account}


class _Numbered(RefusalError):
    """A refusal of one address among several, which says which."""

    def __init__(self, number: int, refused: Refused) -> None:
        super().__init__(refused)
        told = {"number": number, "sentence": self.said.sentence}
        self.said.sentence = _("Address %(number)d: %(sentence)s") % told
        self.params = {"sentence": self.said.sentence}


class BatchForm(HouseForm):
    """For each address: its spelling, whether to leave it out, and what it raises a question of."""

    asks = "batch"

    def __init__(
        self, data: QueryDict | None, batch: Batch, *, initial: QueryDict | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.batch = batch
        for row in batch.rows:
            self._ask(row)

    def _ask(self, row: Row) -> None:
        number = row.number
        self.fields[f"address_{number}"] = LineField(
            label=_("Address %(number)d") % {"number": number},
            missing=_("Enter address %(number)d, or leave it out") % {"number": number},
            longest=LONGEST,
            initial=row.address,
            spellcheck=False,
            autocomplete="off",
        )
        self.fields[f"leave_{number}"] = TickField(
            label=_("Leave address %(number)d out") % {"number": number},
            required=False,
            small=True,
        )
        if row.is_account:
            self._ask_about_account(number)
        if row.earlier:
            self._ask_about_same(number)

    def _ask_about_account(self, number: int) -> None:
        self.fields[f"whole_{number}"] = TickField(
            label=_("The whole account of address %(number)d is meant") % {"number": number},
            hint=_(
                "It names an account, and not one post. The platform is asked about everything on "
                "it: also about what breaks no rule. If you mean one post, enter its own address."
            ),
            required=False,
            small=True,
        )

    def _ask_about_same(self, number: int) -> None:
        self.fields[f"what_{number}"] = OneField(
            label=_("What do you want to do with address %(number)d?") % {"number": number},
            missing=_("Select what to do with address %(number)d") % {"number": number},
            options=[
                Option(LINK, _("Link it as a duplicate"), _("It is kept and not worked on.")),
                Option(CONTINUE, _("Go on with a new referral"), _("Give a reason below.")),
                Option(LEAVE, _("Leave it out"), _("Nothing about it is recorded.")),
            ],
            small=True,
        )
        self.fields[f"reason_{number}"] = WordsField(
            label=_("Why go on with address %(number)d?") % {"number": number},
            called=_("The reason"),
            hint=_("Only if you go on: for example, it was put up again."),
            required=False,
            longest=LONG,
            rows=2,
        )

    def clean(self) -> dict[str, Any]:
        """Need every question answered; tell of a corrected address that is refused anyhow."""
        for row in self.batch.rows:
            if row.refused and row.is_new:
                self.add_error(f"address_{row.number}", _Numbered(row.number, row.refused))
        for number in self.batch.asked:
            goes_on = self.cleaned_data.get(f"what_{number}") == CONTINUE
            if goes_on and not self.cleaned_data.get(f"reason_{number}", "").strip():
                told = _("Enter why you go on with address %(number)d") % {"number": number}
                self.add_error(f"reason_{number}", told)
        for number in self.batch.accounts:
            is_left = self.cleaned_data.get(f"what_{number}") == LEAVE
            if not is_left and not self.cleaned_data.get(f"whole_{number}"):
                told = _("Say that the whole account of address %(number)d is meant, or correct it")
                self.add_error(f"whole_{number}", told % {"number": number})
        return self.cleaned_data

    def to_log(self, authorised: Mapping[str, str]) -> dict[int, Admitted]:
        """Give what is to be logged, by its number; ``authorised`` are references by address."""
        chosen = {}
        for row in self.batch.rows:
            continuing = self._continuing(row)
            if continuing is not None and isinstance(row.found, Content):
                reference = authorised.get(row.address, "")
                chosen[row.number] = Admitted(row.found, row.address, continuing, reference)
        return chosen

    def _continuing(self, row: Row) -> Continuing | None:
        if not self.is_bound:
            return Continuing()
        whole = bool(self.cleaned_data.get(f"whole_{row.number}"))
        if not row.earlier:
            return Continuing(whole_account=whole)
        reason = str(self.cleaned_data[f"reason_{row.number}"])
        match self.cleaned_data[f"what_{row.number}"]:
            case "link":
                return Continuing(as_duplicate=True, reason=reason, whole_account=whole)
            case "continue":
                return Continuing(reason=reason, whole_account=whole)
            case _:
                return None
