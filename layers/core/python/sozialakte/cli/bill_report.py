"""Bills that were read from a file, as JSON for programs and as tables for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sozialakte.payments import CheckedBill, FoundBill, Party, ProposedBill, QrBill, read_billing_information
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say


def as_json(bills: Sequence[FoundBill]) -> list[dict[str, object]]:
    """The bills as programs get them. ``errors`` and ``warnings`` are "QR-<rule>: words"."""
    return [
        {
            "page": found.page,
            "valid": found.checked.valid,
            "errors": [finding.said() for finding in found.checked.errors],
            "warnings": [finding.said() for finding in found.checked.warnings],
            "payload": _payload(found.bill),
        }
        for found in bills
    ]


def as_table(bills: Sequence[FoundBill]) -> RenderableType:
    """The bills for people."""
    table = _table("cli.page", "cli.bill.creditor", "cli.bill.reference", "cli.bill.amount", "cli.bill.debtor",
                   "cli.bill.findings")  # fmt: skip
    for found in bills:
        bill = found.bill
        account = "\n".join(filter(None, (_grouped(bill.iban), _reference(bill))))
        debtor = _lines(bill.debtor) if bill.debtor else "-"
        cells = (_lines(bill.creditor), account, _amount(bill), debtor, "\n".join(_findings(found.checked)))
        table.add_row(str(found.page), *map(Text, cells))
    return table


def as_text_table(proposed: ProposedBill) -> RenderableType:
    """What the text lets us propose, with where it was read."""
    table = _table("cli.bill.value", "cli.bill.read_at", "cli.page", "cli.bill.findings")
    proven = say(Reason("cli.bill.proven"))
    for what, values in (
        ("ibans", proposed.ibans),
        ("references", proposed.references),
        ("amounts", proposed.amounts),
        ("due_dates", proposed.due_dates),
        ("invoice_dates", proposed.invoice_dates),
        ("invoice_numbers", proposed.invoice_numbers),
        ("creditors", proposed.creditors),
    ):
        for one in values[:2]:
            value = f"{say(Reason(f'cli.bill.what.{what}'))}: {one.value}"
            table.add_row(Text(value), Text(one.text), str(one.page), proven if one.proven else "")
    kind = say(Reason(f"cli.bill.kind.{proposed.kind.value}"))
    return Group(Text(say(Reason("cli.bill.proposals", {"kind": kind}))), table)


def _payload(bill: QrBill) -> dict[str, object]:
    return {
        "iban": bill.iban,
        "creditor": _party(bill.creditor),
        "amount": None if bill.amount is None else str(bill.amount),
        "currency": bill.currency,
        "debtor": _party(bill.debtor) if bill.debtor else None,
        "reference_type": bill.reference_type,
        "reference": bill.reference,
        "message": bill.message,
        "billing_information": bill.billing_information,
        "alternative_schemes": list(bill.alternative_schemes),
    }


def _party(party: Party) -> dict[str, str]:
    return {
        "name": party.name,
        "street": party.street,
        "building_number": party.building_number,
        "postal_code": party.postal_code,
        "town": party.town,
        "country": party.country,
    }


def _findings(checked: CheckedBill) -> Iterator[str]:
    yield from (finding.said() for finding in (*checked.errors, *checked.warnings))
    if checked.valid:
        yield say(Reason("cli.bill.valid"))
    told = read_billing_information(checked.bill.billing_information or "")
    if told and told.invoice_number:
        yield say(Reason("cli.bill.invoice_number", {"number": told.invoice_number}))
    if told and told.due_on:
        yield say(Reason("cli.bill.due_on", {"day": f"{told.due_on:%d.%m.%Y}"}))


def _amount(bill: QrBill) -> str:
    return str(bill.money or say(Reason("cli.bill.open_amount", {"currency": bill.currency})))


def _lines(party: Party) -> str:
    street, town = (
        " ".join(filter(None, pair))
        for pair in ((party.street, party.building_number), (party.postal_code, party.town))
    )
    return "\n".join(filter(None, (party.name, street, town)))


def _reference(bill: QrBill) -> str:
    """As it is printed: 2 and five times 5 digits of a QR reference, blocks of 4 otherwise."""
    reference = bill.reference or bill.reference_type
    if bill.reference_type == "QRR":
        return " ".join([reference[:2], *(reference[at : at + 5] for at in range(2, len(reference), 5))])
    return _grouped(reference) if bill.reference else reference


def _grouped(text: str) -> str:
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def _table(*heading_codes: str) -> Table:
    return Table(*(say(Reason(code)) for code in heading_codes))
