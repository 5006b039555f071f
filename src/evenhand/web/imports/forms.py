"""What is asked of an old system: its file, what its columns mean, and each record by itself."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.rules.imports import LONGEST_SYSTEM, Meaning, SheetRead
from evenhand.rules.imports_headings import headings_of, sample, used
from evenhand.rules.imports_mapping import FileMapping, SheetMapping
from evenhand.rules.texts import LONG, SHORT
from evenhand.web.act_forms import ReasonField
from evenhand.web.forms import (
    HouseForm,
    LineField,
    NumberField,
    OneField,
    OneFileField,
    SelectField,
    TickField,
    WordsField,
)
from evenhand.web.imports.present import MEANINGS
from evenhand.web.referrals.forms import LogForm

LAST_ROW = 1_048_576
PROPOSED, LEFT_OUT = "proposed", "left_out"


class UploadForm(HouseForm):
    """The file of an old system."""

    file = OneFileField(
        label=later("The old system’s file"),
        hint=later("XLSX, XLS, ODS or CSV, at most 20 MB. The file itself is not kept."),
        missing=later("Choose a file of at most 20 MB that is not empty"),
    )


class MappingForm(HouseForm):
    """What each sheet and column of a file means, filled with what is suggested."""

    asks = "mapping"

    def __init__(self, data: Any, sheets: Sequence[SheetRead], mapping: FileMapping) -> None:
        super().__init__(data)
        self.sheets = sheets
        for at, sheet in enumerate(sheets):
            self._ask(at, sheet, self._seen(at, sheet, mapping.of(sheet.name)))

    def _seen(self, at: int, sheet: SheetRead, suggested: SheetMapping) -> SheetMapping:
        """Take the heading row as it was sent, so that the columns are named by it."""
        sent = str(self.data.get(f"header_{at}", "")) if self.is_bound else ""
        is_row = sent.isascii() and sent.isdigit() and int(sent[:9]) in sheet.rows
        header = int(sent) if is_row else suggested.header_row
        return SheetMapping(
            sheet=sheet.name,
            system=suggested.system,
            header_row=header,
            columns=suggested.columns,
            since_1904=sheet.since_1904,
        )

    def _ask(self, at: int, sheet: SheetRead, seen: SheetMapping) -> None:
        self.fields[f"system_{at}"] = LineField(
            label=_("Old system (leave empty to leave the sheet out)"),
            called=_("The old system"),
            required=False,
            longest=LONGEST_SYSTEM,
            initial=seen.system,
        )
        self.fields[f"header_{at}"] = NumberField(
            label=_("Row of the headings (leave empty if there is none)"),
            called=_("The row of the headings"),
            required=False,
            least=1,
            most=LAST_ROW,
            initial=seen.header_row,
        )
        for place, heading in enumerate(headings_of(sheet, seen.header_row)):
            found = sample(sheet, seen.header_row, place)
            self.fields[f"column_{at}_{place}"] = SelectField(
                label=heading,
                hint=_("For example: %(value)s") % {"value": found[:100]} if found else "",
                required=False,
                initial=used(seen.columns, place) or "",
                options=[("", _("Leave out")), *MEANINGS.items()],
            )

    def parts(self) -> Iterator[tuple[str, list[BoundField]]]:
        """Give each sheet's name and its questions."""
        for at, sheet in enumerate(self.sheets):
            own = (f"system_{at}", f"header_{at}")
            columns = (it for it in self.fields if it.startswith(f"column_{at}_"))
            yield sheet.name, [self[it] for it in (*own, *columns)]

    def clean(self) -> dict[str, Any]:
        """Need each meaning once a sheet."""
        for at in range(len(self.sheets)):
            taken: set[str] = set()
            for name in [it for it in self.fields if it.startswith(f"column_{at}_")]:
                meaning = self.cleaned_data.get(name, "")
                if meaning and meaning in taken:
                    self.add_error(name, _("Choose another: a column above holds this already"))
                taken.add(meaning)
        return self.cleaned_data

    def mapping(self) -> FileMapping:
        """Give the answers as the rules see them."""
        said = self.cleaned_data
        return FileMapping(
            tuple(
                SheetMapping(
                    sheet=sheet.name,
                    system=said[f"system_{at}"],
                    header_row=said[f"header_{at}"],
                    columns={
                        Meaning(said[name]): int(name.rpartition("_")[2])
                        for name in self.fields
                        if name.startswith(f"column_{at}_") and said[name]
                    },
                    since_1904=sheet.since_1904,
                )
                for at, sheet in enumerate(self.sheets)
            )
        )


class PassForm(LogForm):
    """What is said of the content of one record, as of any content that is logged."""

    url = LineField(
        label=later("Address"),
        called=later("The address"),
        missing=later("Enter the address of the content"),
        longest=LONG,
        spellcheck=False,
        autocomplete="off",
    )
    continue_reason = WordsField(
        label=later("If this desk has the content already: why go on? (optional)"),
        called=later("The reason"),
        required=False,
        rows=2,
    )
    authorisation = LineField(
        label=later("Reference of an authorisation to look at the account (optional)"),
        called=later("The reference"),
        required=False,
        longest=SHORT,
    )
    whole_account = TickField(
        label=later("The address leads to a whole account, and all of it is meant"),
        hint=later(
            "Only if it names an account and not one post. The platform is asked about all."
        ),
        required=False,
        small=True,
    )

    def clean_url(self) -> Any:
        """Leave the one address to the rules."""
        return self.cleaned_data["url"]


class RejectForm(HouseForm):
    """Why a record is rejected."""

    asks = "rejected"
    reason = ReasonField(label=later("Why do you reject it?"), needed=later("Enter why"))


class PersonForm(HouseForm):
    """What becomes of whom a passed record names."""

    asks = "named"
    settled = OneField(
        label=later("What did you decide about this person?"),
        missing=later("Select what you decided"),
        options=[
            (PROPOSED, later("I proposed them on the referral")),
            (LEFT_OUT, later("They are not needed on record")),
        ],
    )
    person = LineField(
        label=later("If you proposed them: the reference of their record"),
        hint=later("For example, P-7K3M9XQA"),
        called=later("The reference"),
        required=False,
        longest=20,
        width=10,
        spellcheck=False,
        autocomplete="off",
    )
    reason = WordsField(
        label=later("If they are not needed: why?"),
        called=later("The reason"),
        required=False,
        rows=3,
    )

    def decided(self) -> dict[str, str]:
        """Give whose record it became, or why the person is left out."""
        said = self.cleaned_data
        if said["settled"] == PROPOSED:
            return {"proposed": said["person"].upper()}
        return {"left_out_because": said["reason"]}
