"""Reads statuses of pain.002.001.10 (Swiss Payment Standards 2025; STANDARDS 3.8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from sozialakte.payments.iso20022.bank_elements import Elements, exact, local_name
from sozialakte.payments.iso20022.bank_message import REJECTED, BankReason, Status

NAMES = ("OrgnlGrpInfAndSts", "TxInfAndSts", "OrgnlPmtInfAndSts")


@dataclass
class StatusReader:
    """Makes statuses of elements. A group or payment that says nothing itself is no status."""

    elements: Elements
    _message_id: str = ""
    _of_all: BankReason = field(default_factory=BankReason)
    _group: etree._Element | None = None
    _above: Status = field(default_factory=lambda: Status("", ""))

    def read(self, element: etree._Element) -> Iterator[Status]:
        """What is complete with this element. Raises `UnreadableMessageError`."""
        match local_name(element):
            case "OrgnlGrpInfAndSts":
                yield from self._of_file(element)
            case "TxInfAndSts":
                yield from self._of_payment(element)
            case _:
                yield from self._of_group(element)

    def _of_file(self, element: etree._Element) -> Iterator[Status]:
        text = self.elements.text
        self._message_id = text(element, "OrgnlMsgId")
        count, total = text(element, "OrgnlNbOfTxs"), text(element, "OrgnlCtrlSum")
        self._above = Status(
            self._message_id,
            text(element, "GrpSts"),
            reason=self._own_reason(element),
            count=int(count) if count.isdecimal() else None,
            total=exact(total) if total else None,
            codes=self.elements.codes(element),
        )
        self._of_all = self._above.reason
        yield self._above

    def _of_payment(self, element: etree._Element) -> Iterator[Status]:
        group, text = element.getparent(), self.elements.text
        if group is not None and group is not self._group:
            # Now: what stands before its first payment is forgotten with it.
            yield from self._note_group(group)
        status, codes = text(element, "TxSts"), self.elements.codes(element)
        if status or codes:
            reason, name = self._reason(element, status, self._above.reason), self._above.payment_information_id
            yield Status(self._message_id, status, name, text(element, "OrgnlEndToEndId"), reason, codes=codes)

    def _of_group(self, element: etree._Element) -> Iterator[Status]:
        if element is not self._group or not self._above.status:  # it may stand where the schema has it nowhere
            yield from self._note_group(element)
        self._group = None

    def _note_group(self, element: etree._Element) -> Iterator[Status]:
        status, codes = self.elements.text(element, "PmtInfSts"), self.elements.codes(element)
        own, known = self._own_reason(element), self._above.payment_information_id if element is self._group else ""
        name = self.elements.text(element, "OrgnlPmtInfId") or known
        told = Status(self._message_id, status, name, reason=self._reason(element, status, self._of_all), codes=codes)
        # What its payments have from above: also of a group that says nothing itself.
        self._group, self._above = element, replace(told, reason=own if own != BankReason() else self._of_all)
        if status or codes:
            yield told

    def _reason(self, element: etree._Element, status: str, above: BankReason) -> BankReason:
        own = self._own_reason(element)
        return above if own == BankReason() and status == REJECTED else own

    def _own_reason(self, element: etree._Element) -> BankReason:
        return self.elements.reason(self.elements.find(element, "StsRsnInf"))
