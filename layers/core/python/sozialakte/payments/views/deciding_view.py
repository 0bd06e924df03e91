"""What can be decided about a bill: approve, send back, end, open again, lift a warning. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from sozialakte.payments.answers import InvoiceDetail, TwinAnswer
from sozialakte.payments.creditors import IbanState
from sozialakte.payments.invoice_states import FIRM, TO_ENTER, UNPAID, InvoiceState
from sozialakte.payments.settle_invoice import Ending
from sozialakte.payments.terms import Field
from sozialakte.payments.views.fields_view import dossier_form, may_enter
from sozialakte.payments.views.orders import Order, choice, order_button, order_form, reason_field, submit
from sozialakte.payments.views.words import grouped, money
from sozialakte.shared.clock import zurich_date
from sozialakte.shared.markup import Html, tag
from sozialakte.shared.page_words import day, words

Place = Mapping[str, str]
"""In whose place the viewer decides, as a part of the request."""
_APPROVED = frozenset({InvoiceState.CODED, InvoiceState.APPROVED})


def deciding_view(detail: InvoiceDetail, standing_in_for: str | None) -> Html | None:
    """What is to be decided next; what the viewer cannot do is said with the reason."""
    state, entering = detail.invoice.state, detail.invoice.state in TO_ENTER
    place = {"standing_in_for": standing_in_for} if standing_in_for else {}
    shown = [
        tag("p", detail.obstacles.enter, class_="obstacle") if entering and detail.obstacles.enter else None,
        dossier_form(detail) if may_enter(detail) and detail.invoice.dossier_id is None else None,
        *(_twin(detail, twin, at, place) for at, twin in enumerate(detail.twins) if state in UNPAID),
        _iban(detail, place) if state in UNPAID - {InvoiceState.RELEASED} else None,
        _approve(detail, place) if state is InvoiceState.CODED else None,
        _send_back(detail, place) if state in _APPROVED else None,
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


def _approve(detail: InvoiceDetail, place: Place) -> Html:
    if detail.obstacles.approve:
        return tag("p", detail.obstacles.approve, class_="obstacle")
    order = Order("approval", words("bills.done.approved"), place)
    return order_button(detail.invoice, "A", words("bills.approve"), order)


def _send_back(detail: InvoiceDetail, place: Place) -> Html:
    reason = reason_field("return-reason", words("bills.return"), "R")
    order = Order("return", words("bills.done.returned"), place)
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


def _twin(detail: InvoiceDetail, twin: TwinAnswer, at: int, place: Place) -> Html:
    order = Order("twins", words("bills.done.no_twin"), {"twin": twin.invoice_id, **place}, stays=True)
    received = day(zurich_date(twin.received_at))
    label = words("bills.no_twin", received=received, amount=money(twin.amount, twin.currency))
    reason = reason_field(f"twin-reason-{at}", label, "T" if at == 0 else "")
    return order_form(detail.invoice, order, _seen(twin), reason, submit(words("bills.no_twin_now")))


def _seen(twin: TwinAnswer) -> Html:
    state = words(f"invoice_state.{twin.state}")
    if not twin.same_dossier:
        return tag("p", words("bills.twin_elsewhere", state=state), class_="quiet")
    shown = tag("a", words("bills.see_twin", state=state), href=f"#{twin.invoice_id}", data_open=twin.invoice_id)
    return tag("p", shown)


def _iban(detail: InvoiceDetail, place: Place) -> Html | None:
    """The IBAN of this bill, if it is new: a second person decides."""
    told = {one.field: one.value for one in detail.fields}.get(Field.IBAN)
    known = detail.creditor.ibans if detail.creditor else []
    if told is None or not any(one.iban == told and one.state is IbanState.PROPOSED for one in known):
        return None
    order = Order("iban", words("bills.done.iban"), place, stays=True)
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
