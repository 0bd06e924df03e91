"""Wards' own accounts, from which their bills are paid: typed by one person, used once another has agreed. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sozialakte.payments.runs.orders import PayingAccount
from sozialakte.shared.reasons import Reason


class WardAccountError(Exception):
    """It must not be done; ``reason`` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@dataclass(frozen=True)
class AccountAct:
    """Somebody proposed or approved an account."""

    what: str
    by: str
    at: datetime


@dataclass(frozen=True)
class WardAccount:
    """The account of the ward of a dossier. ``proposed``: another one that nobody has agreed to yet."""

    dossier_id: str
    account: PayingAccount | None = None
    proposed: PayingAccount | None = None
    acts: tuple[AccountAct, ...] = ()
    version: int = 0

    def propose(self, account: PayingAccount, by: str, at: datetime) -> WardAccount:
        """With a new account to agree to; the same if it is proposed or used already."""
        if account == (self.proposed or self.account):
            return self
        return self._next(AccountAct("proposed", by, at), proposed=account)

    def approve(self, iban: str, by: str, at: datetime) -> WardAccount:
        """With the proposed account in use; the same if it is already. Raises `WardAccountError`."""
        if self.proposed is None and self.account and (self.account.iban, self.acts[-1].by) == (iban, by):
            return self
        if self.proposed is None or self.proposed.iban != iban:
            raise WardAccountError(Reason("ward_account.not_proposed"))
        if self.acts[-1].by == by:
            raise WardAccountError(Reason("ward_account.same_person"))
        return self._next(AccountAct("approved", by, at), account=self.proposed, proposed=None)

    def _next(self, act: AccountAct, **what: object) -> WardAccount:
        return replace(self, **what, acts=(*self.acts, act), version=self.version + 1)  # type: ignore[arg-type]
