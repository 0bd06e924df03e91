"""Seal a dossier for named persons, name others, lift the seal: each decision with a reason, each one kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sozialakte.register import RegisterStore, Seal, StaleSealError, UnknownDossierError
from sozialakte.runtime.identity import Staff
from sozialakte.shared.access import Role


class SelfNamedError(Exception):
    """An auditor opens no dossier to themselves: who watches access does not grant it to the same person."""


class UnknownStaffError(LookupError):
    """Somebody named is not in the register, or has left."""


class NotSealedError(Exception):
    """There is no seal to lift."""


@dataclass(frozen=True)
class DecideSeal:
    """The use case: who decides about which dossier, having seen which version of its seal (0: there was none)."""

    register: RegisterStore
    dossier_id: str
    seen_version: int
    staff: Staff
    at: datetime

    def seal(self, named: Sequence[str], reason: str) -> Seal:
        """Only these persons see the dossier from now on; the first one present gets its mail.

        Raises `UnknownDossierError`, `UnknownStaffError`, `SelfNamedError`, `StaleSealError`.
        """
        persons = tuple(dict.fromkeys(named))
        if self.register.find_dossier(self.dossier_id) is None:
            raise UnknownDossierError(self.dossier_id)
        if Role.AUDITOR in self.staff.roles and self.staff.staff_id in persons:
            raise SelfNamedError
        found = self.register.find_staff_members(persons)
        if not all(staff_id in found and found[staff_id].active for staff_id in persons):
            raise UnknownStaffError
        return self._decide(self._decision(persons, reason, holds=True))

    def lift(self, reason: str) -> Seal:
        """Those who look after the dossier see it again. Raises `NotSealedError`, `StaleSealError`."""
        wanted = self._decision((), reason, holds=False)
        current = self.register.access.find_seal(self.dossier_id)
        if current is None or not (current.holds or _is_same(current, wanted)):
            raise NotSealedError
        return self._decide(wanted)

    def _decision(self, named: tuple[str, ...], reason: str, *, holds: bool) -> Seal:
        return Seal(self.dossier_id, named, reason, self.staff.staff_id, self.at, self.seen_version + 1, holds)

    def _decide(self, wanted: Seal) -> Seal:
        try:
            self.register.access.decide(wanted)
        except StaleSealError as error:
            if error.current is None or not _is_same(error.current, wanted):
                raise
            return error.current  # the answer got lost, and the person sent it again
        return wanted


def _is_same(current: Seal, wanted: Seal) -> bool:
    return replace(current, at=wanted.at) == wanted
