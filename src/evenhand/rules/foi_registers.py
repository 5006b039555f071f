"""Registers of the desk that answer a part of a request, and what a part asks for of them."""

from collections.abc import Mapping
from enum import StrEnum

from evenhand.rules.words import words


class Register(StrEnum):
    """A register of the desk that can answer a part."""

    DOCUMENTS = "documents"
    SCRUTINY = "scrutiny"
    OPERATIONS = "operations"
    FIELDS = "fields"


OF_A_DAY = frozenset({Register.DOCUMENTS, Register.SCRUTINY})
"""Registers that know every day; the others know today alone."""


class HeldIn(StrEnum):
    """What a part asks for, of what stands in a register: a document by its kind, or a register."""

    DPIA = "dpia"
    APD = "apd"
    EIA = "eia"
    INSTRUCTIONS = "instructions"
    JOINT_CONTROLLERS = "joint_controllers"
    PROCESSORS = "processors"
    EQUALITY_INFORMATION = "equality_information"
    EQUALITY_OBJECTIVES = "equality_objectives"
    SCRUTINY = "scrutiny"
    OPERATIONS = "operations"
    NONE = "none"


_IN_FORCE = words("This document was in force on the day of receipt: the desk’s register has it.")
ON_RECORD: Mapping[HeldIn, str] = {
    **dict.fromkeys(HeldIn, _IN_FORCE),
    HeldIn.SCRUTINY: words(
        "The desk’s register of scrutiny answers this, also where it says that there was none."
    ),
    HeldIn.OPERATIONS: words("The desk’s list of what the software does by itself answers this."),
}
"""Why “not held” is untrue where the register has something."""
