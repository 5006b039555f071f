"""The register of what is held: who may read what."""

from evenhand.rules.officers import MATRIX
from evenhand.rules.register_desk import REGISTER


def test_who_may_read_a_column_are_the_roles_of_its_permission_in_order() -> None:
    for line in REGISTER:
        may = MATRIX[line.read_by] if line.read_by else ()
        assert line.readers == tuple(sorted(may))
    assert any(line.readers for line in REGISTER)
    assert any(not line.readers for line in REGISTER)
