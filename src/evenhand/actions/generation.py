"""A synthetic desk: invented officers, and referrals of any number through the real acts.

No mail is sent and no job is queued: synthetic notices leave only in name, and the log says so.
"""

import secrets
from collections.abc import Mapping
from datetime import date, datetime, time

from django.db import transaction

from evenhand.actions import officers, platforms, training
from evenhand.actions.carriers import NOBODY
from evenhand.actions.generation_stories import PLATFORMS, YEARS, Plan, tell
from evenhand.actions.stories import Cast
from evenhand.actions.walks import Walk
from evenhand.rules.assurance import DocumentKind, Stage
from evenhand.rules.generation import check_can_generate
from evenhand.rules.notices import Transport
from evenhand.rules.officers import WORKER, Acting, Officer, Role
from evenhand.rules.training import LONGEST, Course, Training
from evenhand.store.assurance import DocumentRow
from evenhand.store.lawbook import lawbook
from evenhand.store.officers import OfficerRow
from evenhand.store.platforms import SignOffRow
from evenhand.store.training import TrainingRow
from evenhand.store.trips import in_one_transaction, send

BASIS = "Fictional platform of a synthetic desk."
TEAM: Mapping[str, tuple[Role, ...]] = {
    **{f"synthetic-officer-{n}": (Role.OFFICER,) for n in range(1, 6)},
    **{
        f"synthetic-approver-{n}": (Role.APPROVER, Role.SENIOR_APPROVER, Role.CHILD_APPROVER)
        for n in range(1, 4)
    },
    "synthetic-dpo": (Role.DPO,),
}


def plan(referrals: int, *, people: int, seed: int, now: datetime) -> Plan:
    """Make the desk ready for synthetic referrals, and say what they will be. E-GEN-01, E-GEN-02.

    Only platforms that are signed off already are written to, and the fictional ones, which the
    synthetic data protection officer signs off: nothing becomes possible that was not before.
    """
    check_can_generate(referrals, people)
    with transaction.atomic():
        opened = now - YEARS
        missing = TEAM.keys() - _team().keys()
        for username in sorted(missing):
            _add(username, at=opened)
            if Role.CHILD_APPROVER in TEAM[username]:
                _train(username, since=opened, to=now)
        for officer in _team().values():
            _instruct(officer, now)
        signed = _signed_off(now.date())
        for code, platform in lawbook().platforms.items():
            if platform.fictional and code not in signed:
                _sign_off(code, _team()["synthetic-dpo"], now)
                signed.add(code)
    known = tuple(code for code in PLATFORMS if code in signed)
    return Plan(count=referrals, seed=seed, now=now, platforms=known)


def write(plan: Plan, run: range) -> int:
    """Write one run of a plan's referrals, all or none; give how many."""
    team = _team()
    acting = [it for name, it in sorted(team.items()) if "officer" in name]
    deciding = [it for name, it in sorted(team.items()) if "approver" in name]
    with in_one_transaction():
        # A synthetic referral lost in a power cut is no loss; it is generated again.
        send("SET LOCAL synchronous_commit = off")
        for index in run:
            told = tell(plan, index)
            logs = acting[told.roll % len(acting)]
            assesses = acting[told.roll // 7 % len(acting)]
            cast = Cast(logs, assesses, deciding[told.roll // 49 % len(deciding)])
            Walk(told.story, cast, NOBODY, told.start, told.pace).go()
    return len(run)


def _team() -> Mapping[str, Officer]:
    rows = OfficerRow.objects.filter(account__username__in=TEAM, retired_at=None)
    return {row.account.username: row.as_fact() for row in rows.select_related("account")}


def _add(username: str, *, at: datetime) -> None:
    """Add a synthetic officer. Nobody knows the password, so nobody can sign in as one."""
    officers.add(
        username,
        name=username.replace("-", " ").capitalize(),
        password=secrets.token_urlsafe(32),
        roles=TEAM[username],
        acting=Acting(officer=WORKER, at=at),
    )


def _train(username: str, *, since: datetime, to: datetime) -> None:
    """Have the register say of a synthetic approver that they were trained all the time."""
    while since <= to:
        done = Training(since.date(), since.date() + LONGEST[Course.CHILDREN])
        training.record(username, Course.CHILDREN, done, acting=Acting(officer=WORKER, at=since))
        since += LONGEST[Course.CHILDREN]


def _instruct(officer: Officer, now: datetime) -> None:
    """Have a synthetic officer accept the instructions as they came into force, and each year."""
    read = DocumentRow.objects.filter(kind=DocumentKind.INSTRUCTIONS, stage=Stage.IN_FORCE).first()
    if read and read.in_force_from:
        accepted = TrainingRow.objects.filter(officer_id=officer.ref, document=read)
        until = accepted.order_by("-at").values_list("valid_until", flat=True).first()
        day = until or read.in_force_from
        while day < now.date():
            at = datetime.combine(day, time(12), now.tzinfo)
            training.accept(read.number, acting=Acting(officer=officer, at=at))
            day += LONGEST[Course.INSTRUCTIONS]


def _signed_off(today: date) -> set[str]:
    rows = SignOffRow.objects.filter(ended_at=None, transport=Transport.EMAIL, review_on__gte=today)
    return set(rows.values_list("platform", flat=True))


def _sign_off(code: str, dpo: Officer, now: datetime) -> None:
    platforms.sign_off(
        code,
        transport=Transport.EMAIL,
        contact=f"referrals@{code}.example",
        basis=BASIS,
        review_on=now.date().replace(year=now.year + 1, day=1),
        acting=Acting(officer=dpo, at=now),
    )
