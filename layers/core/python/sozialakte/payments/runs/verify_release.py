"""Whether who released an emergency at the command line was allowed to: asked afterwards, since nobody could then.

The money is out: a breach keeps nothing from being taken over. It is told, and stays with the run. Only who takes it
over can be refused: somebody else can.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Set
from dataclasses import dataclass

from sozialakte.payments.creditors import payees_of
from sozialakte.payments.invoice import Invoice
from sozialakte.payments.office import Office
from sozialakte.payments.runs.emergency_release import EmergencyRelease
from sozialakte.payments.runs.run import RunFile
from sozialakte.payments.store import PaymentsStore
from sozialakte.shared.access import Role
from sozialakte.shared.reasons import Reason

_MAY_IMPORT = frozenset({Role.ACCOUNTING, Role.PAYMENTRELEASE})


@dataclass(frozen=True)
class VerifyRelease:
    """The use case. ``roles``: those of the releaser now; ``importer_roles``: of who imports. None if they could not be
    looked up.
    """

    store: PaymentsStore
    office: Office
    roles: Set[Role] | None
    importer_roles: Set[Role] | None

    def __call__(
        self, release: EmergencyRelease, files: Collection[RunFile], invoices: Collection[Invoice], by: str
    ) -> tuple[Reason, ...]:
        """What was against the rules when ``by`` imports it."""
        alone = (Reason("emergency.by_is_releaser", {"by": by}),) if by == release.releaser else ()
        return (*_other_files(release, files), *self._person(release, invoices), *alone)

    def against_importer(self, by: str) -> Iterator[Reason]:
        """Why somebody may not take over what was released."""
        if not self.is_known(by):
            yield Reason("emergency.by_unknown", {"by": by})
        elif self.importer_roles is not None and not self.importer_roles & _MAY_IMPORT:
            yield Reason("emergency.by_role", {"by": by})

    def is_known(self, staff_id: str) -> bool:
        """Somebody of the staff who has not left."""
        member = self.office.register.find_staff_member(staff_id)
        return member is not None and member.active

    def _person(self, release: EmergencyRelease, invoices: Collection[Invoice]) -> Iterator[Reason]:
        told = {"by": release.releaser}
        if not self.is_known(release.releaser):
            yield Reason("emergency.releaser_unknown", told)
        if self.roles is not None and Role.PAYMENTRELEASE not in self.roles:
            yield Reason("emergency.releaser_role", told)
        decided = sum(release.releaser in invoice.deciders for invoice in invoices)
        if decided:
            yield Reason("emergency.releaser_decided", {**told, "count": str(decided)})
        if release.releaser in self.office.circle_of(self._payees(invoices), release.released_at):
            yield Reason("emergency.releaser_payee", told)

    def _payees(self, invoices: Iterable[Invoice]) -> frozenset[str]:
        some = list(invoices)
        creditors = self.store.creditors.find_many(one.creditor_id for one in some if one.creditor_id)
        return frozenset(who for one in some for who in payees_of(one, creditors.get(one.creditor_id or "")))


def _other_files(release: EmergencyRelease, files: Collection[RunFile]) -> Iterator[Reason]:
    released = {file.message_id: file.sha256 for file in release.files}
    for file in files:
        if released.get(file.message_id) != file.sha256:
            yield Reason("emergency.not_released", {"file": file.message_id})
