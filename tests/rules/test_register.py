"""The register of what is held: who may read what."""

from evenhand.rules.officers import MATRIX
from evenhand.rules.register import KEPT, NOT_YET, Keep
from evenhand.rules.register_desk import REGISTER
from evenhand.rules.register_words import CALLED


def test_who_may_read_a_column_are_the_roles_of_its_permission_in_order() -> None:
    for line in REGISTER:
        may = MATRIX[line.read_by] if line.read_by else ()
        assert line.readers == tuple(sorted(may))
    assert any(line.readers for line in REGISTER)
    assert any(not line.readers for line in REGISTER)


def test_the_register_promises_no_disposal_that_nothing_carries_out() -> None:
    carried_out = {
        Keep.CASE, Keep.CONTENT, Keep.LOOKS, Keep.SENT, Keep.PERSON, Keep.REPORTER,
        Keep.AS_RECORD, Keep.QUARANTINE, Keep.REFUSED, Keep.REPORT, Keep.TRACE, Keep.MACHINERY,
        Keep.DISCLOSED, Keep.STAFF, Keep.MAIL, Keep.POLICY, Keep.ASKING, Keep.FOI,
        Keep.REQUESTER, Keep.PUBLISHED, Keep.RIGHTS, Keep.RIGHTS_CONTACT,
        Keep.BREACH, Keep.EQUALITY,
    }  # fmt: skip
    kept_for_good = {Keep.COUNTS, Keep.SCRUTINY}
    not_yet = {it for it in Keep if NOT_YET in KEPT[it]}
    assert not_yet == set(Keep) - carried_out - kept_for_good
    tables = {it.table for it in REGISTER if it.keep in not_yet}
    assert "entry" in tables
    assert not {"disclosure", "recall", "officer", "agreement", "sign_off"} & tables


def test_every_kind_of_record_has_words_of_its_own() -> None:
    assert {it.table for it in REGISTER} <= CALLED.keys()
    assert len(set(CALLED.values())) == len(CALLED)
