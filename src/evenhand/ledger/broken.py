"""What is wrong with a log or a part of one, always as one plain sentence."""


class Broken(Exception):
    """A log, note, proof or bundle does not hold. The text is a sentence for the reader."""


class Malformed(Broken):
    """Something is not written as its format says, so that nothing can be concluded from it."""


class NotSigned(Broken):
    """No key that is trusted here has signed, or a trusted key's signature does not fit."""


class ProofFails(Broken):
    """A proof does not lead to the root that it should lead to."""


class TooFewWitnesses(Broken):
    """The cosignatures on a checkpoint do not make up the quorum that the policy asks for."""


class Overwritten(Broken):
    """A file that is written once is there already with other bytes: stop and look."""
