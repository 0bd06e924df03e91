"""Reads entries of camt.053.001.08 and camt.054.001.08 (Swiss Payment Standards 2025; STANDARDS 3.9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from lxml import etree

from sozialakte.payments.iso20022.bank_elements import Elements, exact, local_name
from sozialakte.payments.iso20022.bank_message import Entry, Transfer, as_number
from sozialakte.shared.reasons import Reason

NAMES = ("Acct", "Bal", "TxsSummry", "Btch", "TxDtls", "Ntry", "Stmt", "Ntfctn")
_RECORDS = frozenset({"Stmt", "Ntfctn"})
_RETURNED = "RRTN"
_OPENING, _CLOSING = "OPBD", "CLBD"


@dataclass
class _Account:
    """What is known of the account whose entries are being read."""

    name: str = ""
    balances: dict[str, tuple[Decimal, str]] = field(default_factory=dict)
    said_sum: Decimal | None = None
    said_count: int | None = None
    moved: Decimal = Decimal()
    gross: Decimal = Decimal()
    count: int = 0
    currencies: set[str] = field(default_factory=set)


@dataclass
class CamtReader:
    """Makes entries of elements; ``told`` gathers what does not add up."""

    elements: Elements
    told: list[Reason]
    accounts: list[str] = field(default_factory=list)
    _account: _Account = field(default_factory=_Account)
    _transfers: list[Transfer] = field(default_factory=list)
    _batch: tuple[str, str] = ("", "")

    def read(self, element: etree._Element) -> Iterator[Entry]:
        """What is complete with this element. Raises `UnreadableMessageError`."""
        name, parent = local_name(element), element.getparent()
        of_record = parent is not None and local_name(parent) in _RECORDS
        match name:
            case "Acct" if of_record:
                self._begin(element)
            case "Bal" if of_record:
                self._note_balance(element)
            case "TxsSummry" if of_record:
                self._note_summary(element)
            case "Btch":
                text = self.elements.text
                self._batch = (text(element, "MsgId"), text(element, "PmtInfId"))
            case "TxDtls":
                self._transfers.append(self._transfer(element))
            case "Ntry":
                yield self._entry(element)
            case "Stmt" | "Ntfctn":
                self._compare()

    def _begin(self, element: etree._Element) -> None:
        name = self.elements.text(element, "Id/IBAN", "Id/Othr/Id")
        self.accounts.append(name)
        self._account = _Account(name)

    def _note_balance(self, element: etree._Element) -> None:
        found = self.elements.amount(element, "Amt")
        if found:
            amount, currency = found
            signed = amount if self.elements.is_credit(element, otherwise=True) else -amount
            self._account.balances[self.elements.text(element, "Tp/CdOrPrtry/Cd")] = (signed, currency)

    def _note_summary(self, element: etree._Element) -> None:
        text = self.elements.text
        count, total = text(element, "TtlNtries/NbOfNtries"), text(element, "TtlNtries/Sum")
        self._account.said_count = int(count) if count.isdecimal() else None
        self._account.said_sum = exact(total) if total else None

    def _transfer(self, element: etree._Element) -> Transfer:
        text, amount = self.elements.text, self.elements.amount
        credit = self.elements.is_credit(element, otherwise=self._is_of_credit(element))
        value, currency = amount(element, "Amt") or amount(element, "AmtDtls/TxAmt/Amt") or (Decimal(), "")
        # A payment that comes back still names its own debtor (us) and creditor: the other side is the creditor.
        returned = self.elements.find(element, "RtrInf")
        is_return = returned is not None or text(element, "BkTxCd/Domn/Fmly/SubFmlyCd") == _RETURNED
        side = "Dbtr" if credit and not is_return else "Cdtr"
        return Transfer(
            value,
            currency,
            credit,
            own_ref=as_number(text(element, "Refs/AcctSvcrRef")),
            message_id=text(element, "Refs/MsgId"),
            payment_information_id=text(element, "Refs/PmtInfId"),
            end_to_end_id=text(element, "Refs/EndToEndId"),
            reference=text(element, "RmtInf/Strd/CdtrRefInf/Ref"),
            text=text(element, "RmtInf/Ustrd", "RmtInf/Strd/AddtlRmtInf", "AddtlTxInf"),
            party=text(element, f"RltdPties/{side}/Pty/Nm", f"RltdPties/{side}/Agt/FinInstnId/Nm"),
            party_iban=text(element, f"RltdPties/{side}Acct/Id/IBAN"),
            is_return=is_return,
            reason=self.elements.reason(returned),
            ordered=amount(element, "AmtDtls/InstdAmt/Amt"),
        )

    def _is_of_credit(self, element: etree._Element) -> bool:
        entry = element.getparent()
        while entry is not None and local_name(entry) != "Ntry":
            entry = entry.getparent()
        return entry is not None and self.elements.is_credit(entry, otherwise=True)

    def _entry(self, element: etree._Element) -> Entry:
        text = self.elements.text
        value, currency = self.elements.amount(element, "Amt") or (Decimal(), "")
        message_id, batch_id = self._batch
        booked, valued = self.elements.day(element, "BookgDt"), self.elements.day(element, "ValDt")
        entry = Entry(
            self._account.name,
            value,
            currency,
            self.elements.is_credit(element, otherwise=True),
            text(element, "Sts/Cd", "Sts/Prtry"),
            own_ref=as_number(text(element, "AcctSvcrRef")),
            booked_on=booked or valued,
            is_reversal=text(element, "RvslInd") in {"true", "1"},
            is_return=text(element, "BkTxCd/Domn/Fmly/SubFmlyCd") == _RETURNED,
            message_id=message_id,
            payment_information_id=batch_id,
            transfers=tuple(self._transfers),
            days=(booked, valued),
        )
        self._transfers, self._batch = [], ("", "")
        self._count(entry)
        return entry if len(entry.transfers) != 1 else _of_one(entry)

    def _count(self, entry: Entry) -> None:
        account = self._account
        account.count += 1
        account.gross += entry.amount
        if entry.is_booked:
            account.moved += entry.signed
            account.currencies.add(entry.currency)
        if not entry.adds_up:
            self.told.append(Reason("bank_message.details", {"entry": _named(entry), "amount": str(entry.amount)}))

    def _compare(self) -> None:
        """What the bank says the entries are together, with what they are."""
        account = self._account
        opening, closing = account.balances.get(_OPENING), account.balances.get(_CLOSING)
        if opening and closing and opening[1] == closing[1] and account.currencies <= {opening[1]}:
            expected = opening[0] + account.moved
            if expected != closing[0]:
                facts = {"closing": str(closing[0]), "expected": str(expected)}
                self.told.append(Reason("bank_message.balance", facts))
        if account.said_count not in {None, account.count}:
            facts = {"said": str(account.said_count), "found": str(account.count)}
            self.told.append(Reason("bank_message.count", facts))
        if account.said_sum not in {None, account.gross}:
            facts = {"said": str(account.said_sum), "found": str(account.gross)}
            self.told.append(Reason("bank_message.sum", facts))
        self._account = _Account()


def _of_one(entry: Entry) -> Entry:
    """The one payment of an entry moved as much as the entry did, whatever it was in its own currency."""
    (only,) = entry.transfers
    ordered = only.ordered or ((only.amount, only.currency) if only.currency else None)
    moved = replace(only, amount=entry.amount, currency=entry.currency, is_credit=entry.is_credit, ordered=ordered)
    return replace(entry, transfers=(moved,))


def _named(entry: Entry) -> str:
    return entry.own_ref or f"{entry.booked_on}, {entry.amount}"
