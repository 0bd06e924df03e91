"""Why the machine (or a person) decided something: a code with its facts, put into words only when shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from sozialakte.shared.id_forms import DOSSIER_ID

STANDS_IN = "stands_in"


@dataclass(frozen=True)
class Reason:
    """A reason as data: ``code`` is a key of the text catalogue; ``params`` hold ids and numbers, nothing personal.

    `STANDS_IN` among them, never said, are the dossiers of the person it names.
    """

    code: str
    params: Mapping[str, str] = field(default_factory=dict)

    def dossiers(self) -> frozenset[str]:
        """The dossiers it names or its person stands in, in lists of several too."""
        return frozenset(found for value in self.params.values() for found in DOSSIER_ID.findall(value))

    def tells_of(self, hidden: AbstractSet[str]) -> bool:
        """Whether it names one of the hidden dossiers, or a person who stands in such only."""
        stands_in = set(DOSSIER_ID.findall(self.params.get(STANDS_IN, "")))
        named = {
            found for name, value in self.params.items() if name != STANDS_IN for found in DOSSIER_ID.findall(value)
        }
        return bool(hidden & named) or bool(stands_in and stands_in <= hidden)


def named_in(reasons: Iterable[Reason]) -> frozenset[str]:
    """The dossiers these reasons tell of."""
    return frozenset(named for reason in reasons for named in reason.dossiers())


def without(reasons: Iterable[Reason], hidden: AbstractSet[str]) -> tuple[Reason, ...]:
    """Those of the reasons that tell of none of the hidden dossiers."""
    return tuple(reason for reason in reasons if not reason.tells_of(hidden))
