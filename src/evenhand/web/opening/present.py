"""What was restored, in the order in which it is looked at."""

from base64 import b64encode
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.queries.opening import Restoration
from evenhand.web import times
from evenhand.web.components import Params
from evenhand.web.sheets import row, words_row


def rows(found: Restoration) -> list[Params]:
    """Say what the restore found and did, and who proposed to open the desk."""
    return list(_rows(found))


def _rows(found: Restoration) -> Iterator[Params]:
    yield row(_("The backup was made"), times.moment(found.as_of))
    yield row(_("Restored"), times.moment(found.remains.restored_at))
    yield row(_("Published log checked"), _tree(found))
    yield row(_("Casework compared with the log"), _compared(found))
    yield row(_("Lost since the backup"), _lost(found))
    erased = ngettext("%(count)d erasure", "%(count)d erasures", found.erased_again)
    yield row(_("Erased again"), erased % {"count": found.erased_again})
    if found.beyond:
        more = _("%(count)d of which the log has lost the entry. Its signer will not go on.")
        yield row(_("Erasures after the end of the log"), more % {"count": found.beyond})
    if not found.clock_ran:
        yield row(
            _("Lost holds"),
            _(
                "Nothing past its time was destroyed. Place them again on the day the desk opens:"
                " in the night after, what is past its time goes."
            ),
        )
    if found.answer_by is not None:
        yield row(_("Proposed by"), found.proposed_by)
        yield words_row(_("Because"), found.reason)
        yield row(_("To be attested by"), times.moment(found.answer_by))


def _tree(found: Restoration) -> str:
    if found.tree is None:
        return _("Nothing was published yet")
    size, root = found.tree
    said = _(
        "%(size)s entries, root %(root)s. Compare it with a checkpoint that is not this desk’s."
    )
    return said % {"size": f"{size:,}", "root": b64encode(root).decode()}


def _compared(found: Restoration) -> str:
    done = found.compared
    if done is None:
        return _("Not yet. On the desk’s machine, run: evenhand log reconcile")
    told = {"moment": times.moment(done.ended_at), "count": done.found}
    if done.found:
        return _("%(moment)s: %(count)d differences. They are on the page of oversight.") % told
    return _("%(moment)s: everything agrees") % told


def _lost(found: Restoration) -> str:
    total = sum(found.lost.values())
    if not total:
        return _("Nothing")
    acts = ", ".join(f"{act} ({count:,})" for act, count in sorted(found.lost.items()))
    said = ngettext("%(count)d entry: %(acts)s", "%(count)d entries: %(acts)s", total)
    return said % {"count": total, "acts": acts}
