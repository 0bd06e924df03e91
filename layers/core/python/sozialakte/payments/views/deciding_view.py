"""What can be decided about a bill: approve, send back, end, open again, lift a warning. Pure."""

from __future__ import annotations

from sozialakte.payments.answers import InvoiceDetail
from sozialakte.payments.creditors import IbanState
from sozialakte.payments.invoice_states import FIRM, TO_ENTER, UNPAID, InvoiceState
from sozialakte.payments.settle_invoice import Ending
from sozialakte.payments.terms import Field
from sozialakte.payments.views.fields_view import dossier_form, may_enter
from sozialakte.payments.views.orders import Order, choice, order_button, order_form, reason_field, submit
from sozialakte.payments.views.words import grouped
from sozialakte.shared.markup import Html, tag
from sozialakte.shared.page_words import words

_APPROVED = frozenset({InvoiceState.CODED, InvoiceState.APPROVED})


def deciding_view(detail: InvoiceDetail, standing_in_for: str | None) -> Html | None:
    """What is to be decided next; what the viewer cannot do is said with the reason."""
    state, entering = detail.invoice.state, detail.invoice.state in TO_ENTER
    shown = [
        tag("p", detail.obstacles.enter, class_="obstacle") if entering and detail.obstacles.enter else None,
        dossier_form(detail) if may_enter(detail) and detail.invoice.dossier_id is None else None,
        *(_twin(detail, twin, at) for at, twin in enumerate(detail.twins) if state in UNPAID),
        _iban(detail) if state in UNPAID - {InvoiceState.RELEASED} else None,
        _approve(detail, standing_in_for) if state is InvoiceState.CODED else None,
        _send_back(detail) if state in _APPROVED else None,
        _reopen(detail) if state not in UNPAID | FIRM else None,
    ]
    if not any(shown):
        return None
    title = tag("h3", words("bills.decide"), id="decide-title")
    return tag("section", title, *shown, aria_labelledby="decide-title")


def otherwise_view(detail: InvoiceDetail) -> Html | None:
    """What is seldom right: nothing is to be paid, another dossier."""
    shown = [
        _end(detail) if detail.invoice.state in UNPAID - FIRM else None,
        dossier_form(detail) if may_enter(detail) and detail.invoice.dossier_id else None,
    ]
    if not any(shown):
        return None
    title = tag("h3", words("bills.otherwise"), id="otherwise-title")
    return tag("section", title, *shown, aria_labelledby="otherwise-title")


def _approve(detail: InvoiceDetail, standing_in_for: str | None) -> Html:
    if detail.obstacles.approve:
        return tag("p", detail.obstacles.approve, class_="obstacle")
    body = {"standing_in_for": standing_in_for} if standing_in_for else {}
    order = Order("approval", words("bills.done.approved"), body)
    return order_button(detail.invoice, "A", words("bills.approve"), order)


def _send_back(detail: InvoiceDetail) -> Html:
    reason = reason_field("return-reason", words("bills.return"), "R")
    order = Order("return", words("bills.done.returned"), {})
    return order_form(detail.invoice, order, reason, submit(words("bills.return_now")))


def _end(detail: InvoiceDetail) -> Html:
    endings = [(ending.value, words(f"bills.ending.{ending}")) for ending in Ending]
    order = Order("rejection", words("bills.done.rejected"), {})
    return order_form(
        detail.invoice,
        order,
        choice("ending", "ending", words("bills.reject"), endings, key="X"),
        reason_field("ending-reason", words("bills.reason"), ""),
        submit(words("bills.reject_now")),
    )


def _reopen(detail: InvoiceDetail) -> Html:
    order = Order("reopening", words("bills.done.reopened"), {}, stays=True)
    reason = reason_field("reopen-reason", words("bills.reopen"), "R")
    return order_form(detail.invoice, order, reason, submit(words("bills.reopen_now")))


def _twin(detail: InvoiceDetail, twin: str, at: int) -> Html:
    order = Order("twins", words("bills.done.no_twin"), {"twin": twin}, stays=True)
    label = words("bills.no_twin", invoice_id=twin[:8])
    reason = reason_field(f"twin-reason-{at}", label, "T" if at == 0 else "")
    return order_form(detail.invoice, order, reason, submit(words("bills.no_twin_now")))


def _iban(detail: InvoiceDetail) -> Html | None:
    """The IBAN of this bill, if it is new: a second person decides."""
    told = {one.field: one.value for one in detail.fields}.get(Field.IBAN)
    known = detail.creditor.ibans if detail.creditor else []
    if told is None or not any(one.iban == told and one.state is IbanState.PROPOSED for one in known):
        return None
    order = Order("iban", words("bills.done.iban"), {}, stays=True)
    return order_form(
        detail.invoice,
        order,
        reason_field("iban-reason", words("bills.new_iban", iban=grouped(told)), "I"),
        tag(
            "div",
            submit(words("bills.iban_right"), data_body='{"approves": true}'),
            submit(words("bills.iban_wrong"), data_body='{"approves": false}'),
            class_="buttons",
        ),
    )
