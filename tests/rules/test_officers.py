"""Who may do what on the desk."""

from itertools import combinations
from uuid import UUID

import pytest

from evenhand.rules.officers import (
    FAMILY,
    MATRIX,
    WORKER,
    ApproverFirst,
    Officer,
    OfficerRef,
    Permission,
    Role,
    RoleMissing,
    RolesExclude,
    TokenMayNotDecide,
    TokenScopeNotAllowed,
    check_may,
    check_roles,
    check_token_scope,
    may,
)
from evenhand.rules.refusals import Kind
from tests import oracles
from tests.builders import CAST, CY, profile

ORACLE = oracles.read("roles")
CELLS = [(permission, role) for permission in Permission for role in Role]
# Written by hand from law/roles.md: nobody holds roles of two of these lines.
FAMILIES = (
    {"officer", "approver", "senior_approver", "child_approver", "sharing_officer"},
    {"records_reviewer", "disposal_releaser"},
    {"rights_officer"},
    {"dpo"},
    {"overseer"},
    {"administrator"},
)


def one(*roles: Role, may_decide: bool = True) -> Officer:
    return Officer(OfficerRef(UUID(int=9)), frozenset(roles), may_decide=may_decide)


def test_the_oracle_names_every_act_and_every_role_of_the_contract() -> None:
    assert set(ORACLE) == {(str(permission), str(role)) for permission, role in CELLS}


@pytest.mark.parametrize(("permission", "role"), CELLS)
def test_a_role_may_do_what_the_handwritten_table_says(permission: Permission, role: Role) -> None:
    assert may(one(role), permission) == ORACLE[permission, role]
    if ORACLE[permission, role]:
        check_may(one(role), permission)
        return
    with pytest.raises(RoleMissing) as told:
        check_may(one(role), permission)
    assert told.value.kind is Kind.FORBIDDEN


@pytest.mark.parametrize("permission", list(Permission))
def test_nobody_may_do_anything_without_a_role(permission: Permission) -> None:
    assert not may(one(), permission)
    assert not may(WORKER, permission)


def test_the_matrix_leaves_nothing_out() -> None:
    assert set(MATRIX) == set(Permission)
    assert set(FAMILY) == set(Role)


def test_a_refusal_names_the_roles_that_would_do() -> None:
    with pytest.raises(RoleMissing, match="roles do not allow") as told:
        check_may(one(Role.OFFICER), Permission.DECIDE)
    assert told.value.values == {"roles": "approver", "tried": "decide"}


def test_a_token_without_the_scope_decides_nothing() -> None:
    with pytest.raises(TokenMayNotDecide):
        check_may(one(Role.APPROVER, may_decide=False), Permission.DECIDE)
    check_may(one(Role.APPROVER, may_decide=False), Permission.ASSESS)
    for opens_the_way in (Permission.ACCEPT_INSTRUCTIONS, Permission.RECORD_TRAINING):
        with pytest.raises(TokenMayNotDecide):
            check_may(one(Role.ADMINISTRATOR, may_decide=False), opens_the_way)


def test_a_desk_may_keep_decisions_with_people_on_the_page() -> None:
    with pytest.raises(TokenScopeNotAllowed):
        check_token_scope(may_decide=True, desk=profile(token_may_decide=False))
    check_token_scope(may_decide=False, desk=profile(token_may_decide=False))
    check_token_scope(may_decide=True, desk=profile(token_may_decide=True))


@pytest.mark.parametrize(("first", "second"), list(combinations(Role, 2)))
def test_families_exclude_each_other(first: Role, second: Role) -> None:
    families = [{str(first), str(second)} & family for family in FAMILIES]
    excluded = sum(bool(it) for it in families) == 2
    if not excluded:
        return
    with pytest.raises(RolesExclude):
        check_roles(frozenset({first, second}))


@pytest.mark.parametrize("family", FAMILIES)
def test_roles_of_one_family_are_held_together(family: set[str]) -> None:
    check_roles(frozenset(Role(it) for it in family))


def test_an_officer_has_a_role() -> None:
    with pytest.raises(RolesExclude):
        check_roles(frozenset())


@pytest.mark.parametrize("officer", CAST, ids=lambda it: it.name)
def test_everyone_in_the_cast_could_exist(officer: Officer) -> None:
    check_roles(officer.roles)


def test_nobody_who_oversees_or_advises_does_casework() -> None:
    reading = {
        Permission.LIST_REFERRALS,
        Permission.READ_REFERRAL,
        Permission.READ_HISTORY,
        Permission.READ_PLATFORMS,
        Permission.READ_RULES,
        Permission.LIST_OFFICERS,
        Permission.OVERSEE,
        Permission.READ_WHO,
        Permission.LIST_KEPT,
        Permission.READ_CERTIFICATES,
        Permission.READ_AGREEMENTS,
        Permission.READ_DISCLOSURES,
        Permission.READ_DOCUMENTS,
        Permission.READ_TRAINING,
        Permission.READ_BREACHES,
        Permission.ASK_QUESTIONS,
        Permission.READ_DISPARITY,
    }
    allowed = {it for it in Permission if may(one(Role.OVERSEER), it)}
    assert allowed <= reading
    # What the law has a data protection officer do with a person's record (threats.md, 22 to 28).
    guards = {
        Permission.SIGN_OFF_PLATFORM,
        Permission.READ_PERSON,
        Permission.READ_IDENTITY,
        Permission.READ_RESTRICTED,
        Permission.CONTEST_ACCURACY,
        Permission.CORRECT_PERSON,
        Permission.RESTRICT_PERSON,
        Permission.LIFT_RESTRICTION,
        # A08: whoever asks for another purpose does not allow it.
        Permission.ANSWER_PURPOSE,
        # Rows 35, 37 and 38: the schedule and holds.
        Permission.APPROVE_SCHEDULE,
        Permission.PLACE_HOLD,
        Permission.LIFT_HOLD,
        # And with what leaves the desk (threats.md, 29 and 30; law/roles.md).
        Permission.SIGN_AGREEMENT,
        Permission.END_AGREEMENT,
        Permission.APPROVE_CHILD_SHARE,
        Permission.FIND_PERSON,
        Permission.CONFIRM_NOT_TELLING,
        # Who posted content is not told, on a ground of DPA 2018 s.44(4).
        Permission.WITHHOLD_TELLING,
        # Who looked at the desk from outside, and breaches.
        Permission.RECORD_SCRUTINY,
        Permission.REPORT_BREACH,
        Permission.KEEP_BREACHES,
        # What is not given of a request for information, as a second officer (law/roles.md).
        Permission.READ_FOI,
        Permission.APPROVE_FOI,
        # What was replied, looked at again by who had no hand in it.
        Permission.REVIEW_FOI,
        # What was published wrong.
        Permission.CONFIRM_CORRECTION,
        # The second officer of what people are answered (law/roles.md), who reads what is answered.
        Permission.READ_RIGHTS,
        Permission.APPROVE_RIGHTS,
        # Row 66: a restored desk.
        Permission.ATTEST_OPENING,
    }
    allowed = {it for it in Permission if may(one(Role.DPO), it)}
    own = {Permission.ADVISE_DOCUMENT, Permission.ACCEPT_INSTRUCTIONS}
    assert allowed <= reading | guards | own


def test_who_runs_the_machine_reads_no_case() -> None:
    of_people = {it for it in Permission if it.value.startswith("read_") and "person" in it}
    cases = (Permission.LIST_REFERRALS, Permission.READ_REFERRAL, Permission.READ_WORDS)
    for permission in (*cases, *of_people, Permission.READ_IDENTITY, Permission.READ_RESTRICTED):
        assert not may(one(Role.ADMINISTRATOR), permission)


def test_an_approver_trained_for_children_needs_no_second_approver() -> None:
    check_may(CY, Permission.DECIDE)


@pytest.mark.parametrize("role", [Role.SENIOR_APPROVER, Role.CHILD_APPROVER])
def test_a_role_that_adds_to_an_approvers_is_not_held_without_it(role: Role) -> None:
    with pytest.raises(ApproverFirst) as told:
        check_roles(frozenset({Role.OFFICER, role}))
    assert told.value.at == "roles"
    check_roles(frozenset({Role.APPROVER, role}))
