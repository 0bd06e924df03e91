"""What a bill is for: the proposal with its reasons, to take over with one key, and the form for all else. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sozialakte.payments.answers import InvoiceDetail, LineAnswer
from sozialakte.payments.coding_answers import ProposalAnswer
from sozialakte.payments.invoice import Payer
from sozialakte.payments.views import orders
from sozialakte.payments.views.fields_view import may_enter
from sozialakte.payments.views.orders import Order, choice, order_button, order_form, submit
from sozialakte.payments.views.words import money, period
from sozialakte.shared.markup import Html, join, tag
from sozialakte.shared.page_words import words


@dataclass(frozen=True)
class CodingHelp:
    """What coding needs beside the bill: names of categories by number and of the dossier's persons, a proposal."""

    categories: Mapping[str, str] = field(default_factory=dict)
    persons: Mapping[str, str] = field(default_factory=dict)
    proposal: ProposalAnswer | None = None


def coding_view(detail: InvoiceDetail, helped: CodingHelp) -> Html | None:
    """For whoever enters the bill."""
    if not may_enter(detail) or detail.invoice.dossier_id is None:
        return None
    return tag(
        "section",
        tag("h3", words("bills.coding"), id="coding-title"),
        _proposal(detail, helped) if helped.proposal else None,
        _form(detail, helped),
        aria_labelledby="coding-title",
    )


def coding_lines(detail: InvoiceDetail, helped: CodingHelp) -> Html | None:
    """What somebody coded, for whoever decides about it."""
    if not detail.lines:
        return None
    partial = tag("p", words("bills.partial_because", reason=detail.partial)) if detail.partial else None
    ward = tag("p", words(f"bills.payer.{detail.payer}")) if detail.payer is Payer.WARD else None
    return tag(
        "section",
        tag("h3", words("bills.coded"), id="coded-title"),
        _lines(detail.lines, detail.invoice.currency, helped),
        ward,
        partial,
        aria_labelledby="coded-title",
    )


def _lines(lines: Sequence[LineAnswer], currency: str, helped: CodingHelp) -> Html:
    return tag("ul", *(tag("li", _line_in_words(one, currency, helped)) for one in lines), class_="plain")


def _line_in_words(line: LineAnswer, currency: str, helped: CodingHelp) -> str:
    category = f"{line.category} {helped.categories.get(line.category, '')}".strip() if line.category else None
    person = helped.persons.get(line.person_id, line.person_id) if line.person_id else words("bills.whole_unit")
    told = (money(line.amount, currency), category, person, period(line.period_from, line.period_to))
    return " · ".join(filter(None, told))


def _proposal(detail: InvoiceDetail, helped: CodingHelp) -> Html:
    invoice, proposal = detail.invoice, helped.proposal
    if proposal is None:
        return join([])
    reasons = [tag("li", reason) for reason in (*proposal.reasons, *proposal.warnings)]
    shown: list[Html] = [tag("ul", *reasons, class_="reasons", aria_label=words("bills.why"))]
    if proposal.lines:
        body = {
            "payer": str(detail.payer),
            "accepted": str(sum((Decimal(line.amount) for line in proposal.lines), Decimal())),
            "lines": [line.model_dump(mode="json") for line in proposal.lines],
        }
        take = order_button(
            invoice, "P", words("bills.take_proposal"), Order("submission", words("bills.done.submitted"), body)
        )
        shown = [_lines(proposal.lines, invoice.currency, helped), *shown, take]
    return join([tag("h4", words("bills.proposal"), class_="unseen"), *shown])


def _form(detail: InvoiceDetail, helped: CodingHelp) -> Html:
    invoice = detail.invoice
    started = list(detail.lines or (helped.proposal.lines if helped.proposal else ()))
    lines = started or [
        LineAnswer(amount=invoice.amount or "", category=None, person_id=None, period_from=None, period_to=None)
    ]
    payers = [(payer.value, words(f"bills.payer.{payer}")) for payer in Payer]
    empty = LineAnswer(amount="", category=None, person_id=None, period_from=None, period_to=None)
    inside = (
        tag(
            "div",
            _amount("coding-accepted", "accepted", words("bills.accepted"), invoice.amount, "C"),
            choice("coding-payer", "payer", words("bills.payer"), payers, detail.payer),
            tag(
                "div", orders.field("coding-partial", "partial", words("bills.partial"), maxlength=500), class_="whole"
            ),
            class_="pair",
        ),
        tag("div", *(_fields_of_line(str(at), line, helped) for at, line in enumerate(lines)), id="coding-lines"),
        tag("template", _fields_of_line("@line", empty, helped), id="another-line"),
        tag(
            "div",
            tag("button", words("bills.add_line"), type="button", data_tool="line"),
            submit(words("bills.submit")),
            class_="buttons",
        ),
    )
    return order_form(invoice, Order("submission", words("bills.done.submitted"), {}), *inside)


def _fields_of_line(at: str, line: LineAnswer, helped: CodingHelp) -> Html:
    nothing = [("", words("bills.nothing"))]
    categories = [(code, f"{code} {name}") for code, name in helped.categories.items()]
    persons = [("", words("bills.whole_unit")), *helped.persons.items()]
    of, name = f"line-{at}", f"lines.{at}"
    return tag(
        "fieldset",
        tag("legend", words("bills.line")),
        tag(
            "div",
            _amount(f"{of}-amount", f"{name}.amount", words("bills.amount"), line.amount),
            choice(
                f"{of}-category", f"{name}.category", words("bills.category"), [*nothing, *categories], line.category
            ),
            tag(
                "div",
                choice(f"{of}-person", f"{name}.person_id", words("bills.for_whom"), persons, line.person_id),
                class_="whole",
            ),
            _day(f"{of}-from", f"{name}.period_from", words("bills.from"), line.period_from),
            _day(f"{of}-to", f"{name}.period_to", words("bills.to"), line.period_to),
            class_="pair",
        ),
    )


def _amount(identity: str, name: str, label: str, value: str | None, key: str = "") -> Html:
    return orders.field(identity, name, label, key, value=value, inputmode="decimal", placeholder="1450.00")


def _day(identity: str, name: str, label: str, value: object) -> Html:
    return orders.field(identity, name, label, type="date", value=str(value) if value else None)
