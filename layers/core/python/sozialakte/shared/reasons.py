"""Why the machine (or a person) decided something: a code with its facts, put into words only when shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from sozialakte.shared.id_forms import DOSSIER_ID


@dataclass(frozen=True)
class Reason:
    """A reason as data: ``code`` is a key of the text catalogue; ``params`` hold ids and numbers, nothing personal."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)

    def dossiers(self) -> frozenset[str]:
        """The dossiers it names, in lists of several too."""
        return frozenset(found for value in self.params.values() for found in DOSSIER_ID.findall(value))


def named_in(reasons: Iterable[Reason]) -> frozenset[str]:
    """The dossiers these reasons name."""
    return frozenset(named for reason in reasons for named in reason.dossiers())


def without(reasons: Iterable[Reason], hidden: AbstractSet[str]) -> tuple[Reason, ...]:
    """Those of the reasons that name none of the hidden dossiers."""
    return tuple(reason for reason in reasons if not hidden & reason.dossiers())
