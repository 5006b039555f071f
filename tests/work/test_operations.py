"""What goes on by itself is what the inventory of operations says, and nothing else."""

import inspect
import re

from procrastinate.contrib.django import app

from evenhand.ledger.acts import Act
from evenhand.rules.operations import OPERATIONS, acts_of_operations
from evenhand.rules.questions_of_acts import CREATING
from evenhand.store.day_counts import DayCountRow
from evenhand.work import sequencing, tasks
from tests.a_lived_in_desk import a_lived_in_desk
from tests.desks import FreshDesk

BESIDE = {"Counts"}
"""Operations of the database itself."""


def test_every_job_of_the_worker_is_in_the_inventory_and_no_other() -> None:
    jobs = {name for name in app.tasks if "." not in name and ":" not in name}
    threads = set(re.findall(r'_started\(\s*stop, "([^"]+)"', inspect.getsource(sequencing)))
    assert {it.job for it in OPERATIONS} == jobs | threads | BESIDE


def test_nothing_is_in_the_inventory_twice() -> None:
    assert len({*OPERATIONS}) == len(OPERATIONS)
    assert len({it.does for it in OPERATIONS}) == len(OPERATIONS)


def test_whatever_the_worker_forgets_is_in_the_inventory() -> None:
    modules = [it for it in vars(tasks).values() if inspect.ismodule(it)]
    named = {
        it for module in modules for it in re.findall(r"Act\.(\w+)", inspect.getsource(module))
    }
    forgotten = {act for act in Act if act.name in named and ".forget" in act}
    assert {Act.RIGHTS_FORGOTTEN, Act.BREACH_FORGOTTEN, Act.EQUALITY_FORGOTTEN} <= forgotten
    assert forgotten <= acts_of_operations()


def test_what_the_log_holds_of_the_worker_is_in_the_inventory(fresh_desk: FreshDesk) -> None:
    assert fresh_desk.database_url
    a_lived_in_desk()
    rows = DayCountRow.objects.filter(counted="act", parts__contains='"worker"')
    acts = {it.split('"')[1] for it in rows.values_list("parts", flat=True)}
    setting_up = {"desk.open", "officer.add", "training.record"}
    assert acts - setting_up <= acts_of_operations()
    assert acts
    assert not acts & CREATING
