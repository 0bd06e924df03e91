"""Reads statuses of pain.002.001.10 (Swiss Payment Standards 2025; STANDARDS 3.8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from sozialakte.payments.iso20022.bank_elements import Elements, exact, local_name
from sozialakte.payments.iso20022.bank_message import Status

NAMES = ("OrgnlGrpInfAndSts", "TxInfAndSts", "OrgnlPmtInfAndSts")


@dataclass
class StatusReader:
    """Makes statuses of elements. A group or payment that says nothing itself is no status."""

    elements: Elements
    _message_id: str = ""
    _group: tuple[etree._Element | None, str] = field(default=(None, ""))

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
        yield Status(
            self._message_id,
            text(element, "GrpSts"),
            reason=self.elements.reason(self.elements.find(element, "StsRsnInf")),
            count=int(count) if count.isdecimal() else None,
            total=exact(total) if total else None,
        )

    def _of_payment(self, element: etree._Element) -> Iterator[Status]:
        group, text = element.getparent(), self.elements.text
        if group is not None and group is not self._group[0]:
            # Now: what stands before its first payment is forgotten with it.
            yield from self._note_group(group)
        if status := text(element, "TxSts"):
            reason = self.elements.reason(self.elements.find(element, "StsRsnInf"))
            yield Status(self._message_id, status, self._group[1], text(element, "OrgnlEndToEndId"), reason)

    def _of_group(self, element: etree._Element) -> Iterator[Status]:
        if element is not self._group[0]:
            yield from self._note_group(element)
        self._group = (None, "")

    def _note_group(self, element: etree._Element) -> Iterator[Status]:
        text = self.elements.text
        self._group = (element, text(element, "OrgnlPmtInfId"))
        if status := text(element, "PmtInfSts"):
            reason = self.elements.reason(self.elements.find(element, "StsRsnInf"))
            yield Status(self._message_id, status, self._group[1], reason=reason)
