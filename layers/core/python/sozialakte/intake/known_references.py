"""What filed letters teach: where the next one with the same sender and the same reference probably belongs. Pure.

One lesson a letter and reference, never a counter: a letter filed twice teaches once, and one that is corrected later
overwrites its own lessons.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import product

from sozialakte.intake.letter import MACHINE, Letter, LetterState
from sozialakte.shared.ahv_number import InvalidAhvNumberError, parse_ahv_number

MOST_REFERENCES = 5
SHORTEST_REFERENCE = 4
MOST_SENDER_KEYS = 2
_SENDER_ALONE = "sender-"
_LOOKALIKES = str.maketrans("ODILSB", "001158")  # what a scan confuses, in values of capital letters and digits


@dataclass(frozen=True)
class Lesson:
    """A letter with this reference was filed in this dossier; ``by`` decided so (`MACHINE` or a staff id)."""

    signature: str
    dossier_id: str
    letter_id: str
    filed_at: datetime
    by: str


@dataclass(frozen=True)
class KnownReference:
    """Letters with this reference that went to one dossier: how many of the newest, and the newest of all.

    ``by_person``: a person decided about at least one of them.
    """

    signature: str
    dossier_id: str
    letters: int
    last_letter_id: str
    last_filed_at: datetime
    by_person: bool

    @property
    def of_sender(self) -> bool:
        """No reference was known: the letters have nothing in common but who sent them."""
        return _is_of_sender(self.signature)


def signatures_of(sender_keys: Sequence[str], references: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Each sender key (the most certain first) with each reference (label, value), at most `MOST_REFERENCES`.

    Letters and digits that a scan confuses give the same signature. AHV numbers are left out: the register knows whose
    they are, and there are few enough to guess one from its hash.
    """
    told = [(label, value) for label, value in references if len(value) >= SHORTEST_REFERENCE and not _is_ahv(value)]
    signatures = (_signature(key, label, value) for key, (label, value) in product(sender_keys, told))
    return tuple(dict.fromkeys(signatures))[:MOST_REFERENCES]


def sender_signatures(sender_keys: Sequence[str]) -> tuple[str, ...]:
    """What a letter without any reference is known by: who sent it, by the most certain keys."""
    hashes = (sha256(f"sender\n{key}".encode()).hexdigest()[:32] for key in sender_keys[:MOST_SENDER_KEYS])
    return tuple(f"{_SENDER_ALONE}{one}" for one in dict.fromkeys(hashes))


def lessons_of(letter: Letter) -> tuple[Lesson, ...]:
    """What a letter teaches now that it is filed; nothing if it is not, or was filed on what others taught.

    A sender alone teaches only what a person has confirmed.
    """
    if letter.state is not LetterState.FILED or not letter.teaches or letter.dossier_id is None:
        return ()
    first_filed = next(step.at for step in letter.history if step.state is LetterState.FILED)
    by = letter.decided_by or MACHINE
    return tuple(
        Lesson(signature, letter.dossier_id, letter.letter_id, first_filed, by)
        for signature in letter.references
        if by != MACHINE or not _is_of_sender(signature)
    )


def known_references(lessons: Sequence[Lesson]) -> Iterator[KnownReference]:
    """The lessons of one signature, newest first, by dossier."""
    for dossier_id in dict.fromkeys(lesson.dossier_id for lesson in lessons):
        same = [lesson for lesson in lessons if lesson.dossier_id == dossier_id]
        yield KnownReference(
            signature=same[0].signature,
            dossier_id=dossier_id,
            letters=len(same),
            last_letter_id=same[0].letter_id,
            last_filed_at=same[0].filed_at,
            by_person=any(lesson.by != MACHINE for lesson in same),
        )


def _is_of_sender(signature: str) -> bool:
    return signature.startswith(_SENDER_ALONE)


def _signature(sender_key: str, label: str, value: str) -> str:
    return sha256("\n".join((sender_key, label, value.translate(_LOOKALIKES))).encode()).hexdigest()[:32]


def _is_ahv(value: str) -> bool:
    try:
        parse_ahv_number(value)
    except InvalidAhvNumberError:
        return False
    return True
