"""The voucher of a booking as a document: how far it has come on its way into the dossier of the client. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sozialakte.payments.invoice import Invoice
from sozialakte.payments.journal import Entry
from sozialakte.shared.reasons import Reason


class VoucherState(StrEnum):
    """``WANTED``: to be written. ``ASKED``: the file lies there and the dossiers are to file it. ``FILED``: they have.

    ``REFUSED``: they cannot, for a reason that somebody has to look at; it is asked again and again.
    """

    WANTED = "wanted"
    ASKED = "asked"
    FILED = "filed"
    REFUSED = "refused"


@dataclass(frozen=True)
class VoucherFile:
    """Exactly this object version, with its SHA-256 (hex)."""

    key: str
    version_id: str
    sha256: str
    page_count: int


@dataclass(frozen=True)
class BookedVoucher:
    """A voucher; ``version`` grows with every change, ``attempt`` with every time the dossiers are asked anew.

    ``invoice``: as it was when it was booked, with all that was done to it: the voucher says nothing that came later.
    Filed, it needs neither: the document has it. ``filing_version``: of the dossiers' last word about it.
    """

    entry: Entry
    since: datetime
    invoice: Invoice | None = None
    state: VoucherState = VoucherState.WANTED
    file: VoucherFile | None = None
    attempt: int = 1
    filed_in: str | None = None
    filing_version: int = -1
    refusal: Reason | None = None
    version: int = 1

    @property
    def voucher_id(self) -> str:
        """Its id, which that of its document is too."""
        return self.entry.voucher_id

    @property
    def is_filed(self) -> bool:
        """It lies in a dossier."""
        return self.state is VoucherState.FILED

    def ask(self, file: VoucherFile, at: datetime) -> BookedVoucher:
        """Its file lies there."""
        return self._step(VoucherState.ASKED, at, file=file)

    def ask_again(self, at: datetime) -> BookedVoucher:
        """What the dossiers refused may be possible by now: a dossier was opened again."""
        return self._step(VoucherState.ASKED, at, attempt=self.attempt + 1, refusal=None)

    def filed(self, dossier_id: str, filing_version: int, at: datetime) -> BookedVoucher:
        """It lies in a dossier, or in another one; itself if that, or something newer, was said before."""
        if filing_version <= self.filing_version or dossier_id == self.filed_in:
            return self
        said = {"filed_in": dossier_id, "filing_version": filing_version}
        return self._step(VoucherState.FILED, at, **said, refusal=None, invoice=None)

    def refused(self, attempt: int, reason: Reason, at: datetime) -> BookedVoucher:
        """The dossiers cannot take it; itself if that is an answer to what was asked before."""
        if attempt != self.attempt or self.state is not VoucherState.ASKED:
            return self
        return self._step(VoucherState.REFUSED, at, refusal=reason)

    def _step(self, state: VoucherState, since: datetime, **what: object) -> BookedVoucher:
        return replace(self, state=state, since=since, version=self.version + 1, **what)  # type: ignore[arg-type]
