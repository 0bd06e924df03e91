"""What was read, each with where it was read; to confirm, to correct, and into which dossier it goes. Pure."""

from __future__ import annotations

from sozialakte.payments.answers import FieldAnswer, InvoiceDetail
from sozialakte.payments.invoice_states import TO_ENTER
from sozialakte.payments.terms import Field, InvoiceKind
from sozialakte.payments.views.orders import Order, choice, field, keyed, order_button, order_form, submit
from sozialakte.payments.views.words import kind_name, shown_value, where_read
from sozialakte.shared.markup import Html, tag
from sozialakte.shared.page_words import words

_TYPES = {Field.INVOICE_DATE: "date", Field.DUE: "date"}
_NEEDED = frozenset({Field.IBAN, Field.AMOUNT})
"""What was read of these can be corrected, but not taken away."""
_PARTS = ("name", "street", "building_number", "postal_code", "town")


def may_enter(detail: InvoiceDetail) -> bool:
    """It waits for somebody to say what it is for, and nothing is known against the viewer."""
    return detail.invoice.state in TO_ENTER and detail.obstacles.enter is None


def dossier_form(detail: InvoiceDetail) -> Html:
    """Whose it is: the first question of a bill that nobody has put into a dossier."""
    invoice = detail.invoice
    label = words("bills.dossier" if invoice.dossier_id else "bills.whose")
    number = field(
        "dossier-number", "dossier_id", label, "D",
        value=invoice.dossier_id, required=True, pattern="[A-Z]{2}-[0-9]{4}-[0-9]{5}", placeholder="SH-2026-00123",
    )  # fmt: skip
    order = Order("dossier", words("bills.done.dossier"), {}, stays=True)
    return order_form(invoice, order, number, submit(words("bills.assign")))


def fields_view(detail: InvoiceDetail) -> Html:
    """All fields; whoever enters the bill confirms with one key, or corrects."""
    head = tag(
        "tr",
        *(tag("th", words(f"bills.column.{name}"), scope="col") for name in ("field", "value", "where")),
    )
    rows = [_row(one, detail.invoice.currency) for one in detail.fields]
    caption = tag("caption", words("bills.fields"), class_="unseen")
    return tag(
        "section",
        tag("h3", words("bills.fields"), id="fields-title"),
        tag("table", caption, tag("thead", head), tag("tbody", *rows), class_="read"),
        _confirm(detail) if may_enter(detail) else None,
        _correct(detail) if may_enter(detail) else None,
        aria_labelledby="fields-title",
    )


def _row(one: FieldAnswer, currency: str) -> Html:
    mark = tag("span", words("bills.to_confirm"), class_="mark urgent") if one.to_confirm else None
    return tag(
        "tr",
        tag("th", one.name, scope="row"),
        tag("td", tag("span", shown_value(one, currency), class_="value"), " ", mark),
        tag("td", where_read(one), class_="where"),
    )


def _confirm(detail: InvoiceDetail) -> Html | None:
    open_fields = [str(one.field) for one in detail.fields if one.to_confirm]
    if not open_fields:
        return None
    order = Order("fields", words("bills.done.confirmed"), {"confirmed": open_fields}, stays=True)
    return order_button(detail.invoice, "F", words("bills.confirm"), order)


def _correct(detail: InvoiceDetail) -> Html:
    invoice, order = detail.invoice, Order("fields", words("bills.done.corrected"), {}, stays=True, only_changed=True)
    typed = [
        field(
            f"typed-{one.field}",
            one.field,
            one.name,
            value=one.value,
            type=_TYPES.get(one.field, "text"),
            required=one.value is not None and one.field in _NEEDED,
        )
        for one in detail.fields
        if one.field is not Field.CREDITOR
    ]
    kinds = [(kind.value, kind_name(kind)) for kind in InvoiceKind]
    parts = [field(f"typed-creditor-{part}", f"creditor.{part}", words(f"bills.party.{part}")) for part in _PARTS]
    form = order_form(
        invoice,
        order,
        tag("div", *typed, choice("typed-kind", "kind", words("bills.kind"), kinds, invoice.kind), class_="pair"),
        tag("fieldset", tag("legend", words("bills.other_creditor")), tag("div", *parts, class_="pair")),
        submit(words("bills.save")),
    )
    asked = tag("summary", *keyed("E", words("bills.correct")), data_key="e", aria_keyshortcuts="E")
    return tag("details", asked, form)
