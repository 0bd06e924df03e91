"""A bill: the picture of its page, what was read where, doubts, decisions, its creditor, who did what. Pure."""

from __future__ import annotations

from sozialakte.payments.answers import ActAnswer, CreditorAnswer, EarlierInvoice, IbanAnswer, InvoiceDetail
from sozialakte.payments.creditors import IbanState
from sozialakte.payments.views.coding_view import CodingHelp, coding_lines, coding_view
from sozialakte.payments.views.deciding_view import deciding_view, otherwise_view
from sozialakte.payments.views.fields_view import fields_view
from sozialakte.payments.views.words import grouped, kind_name, money, title_of
from sozialakte.shared.clock import zurich_date
from sozialakte.shared.markup import Html, join, tag
from sozialakte.shared.page_words import day, moment, words


def bill_view(detail: InvoiceDetail, helped: CodingHelp, standing_in_for: str | None = None) -> Html:
    """The bill. ``helped`` is what coding it needs; ``standing_in_for``: in whose place the viewer would approve it."""
    decide = tag(
        "div",
        _heading(detail),
        deciding_view(detail, standing_in_for),
        coding_lines(detail, helped),
        fields_view(detail),
        coding_view(detail, helped),
        _creditor(detail.creditor),
        otherwise_view(detail),
        _acts(detail),
        class_="decide",
    )
    return tag("article", _page(detail), decide, data_bill=detail.invoice.invoice_id, aria_labelledby="bill-title")


def bill_said(detail: InvoiceDetail) -> str:
    """What a screen reader says when the bill is there."""
    invoice = detail.invoice
    amount, doubts = money(invoice.amount, invoice.currency), " ".join(detail.doubts)
    return words("bills.opened", title=title_of(invoice), amount=amount, state=invoice.state_name, doubts=doubts)


def _heading(detail: InvoiceDetail) -> Html:
    invoice = detail.invoice
    facts = [
        kind_name(invoice.kind),
        invoice.state_name,
        invoice.dossier_id or words("bills.no_dossier"),
        words("bills.received", day=day(zurich_date(invoice.received_at))),
    ]
    message = tag("p", words("bills.message", text=detail.message)) if detail.message else None
    doubts = [tag("li", doubt) for doubt in detail.doubts]
    return tag(
        "header",
        tag("h2", title_of(invoice), id="bill-title", tabindex=-1),
        tag("p", money(invoice.amount, invoice.currency), class_="subject"),
        tag("p", " · ".join(facts), class_="line"),
        message,
        tag("ul", *doubts, class_="doubts", aria_label=words("bills.doubts")) if doubts else None,
    )


def _page(detail: InvoiceDetail) -> Html:
    title = words("bills.page", page=detail.page)
    zoom = tag(
        "button",
        tag("kbd", "G", aria_hidden="true"),
        tag("span", words("desk.zoom")),
        type="button",
        data_key="g",
        data_tool="zoom",
        aria_pressed="false",
    )
    image = tag("img", id="page", alt=title, data_src=detail.picture, hidden=True)
    waits = tag("p", words("desk.picture_waits"), id="picture-waits", hidden=True)
    return tag(
        "section",
        tag("div", zoom, tag("span", title, id="page-number"), class_="tools"),
        tag("div", image, waits, class_="sheet", id="sheet", tabindex=0, role="group", aria_labelledby="page-number"),
        class_="pages",
        aria_labelledby="page-number",
    )


def _creditor(creditor: CreditorAnswer | None) -> Html | None:
    if creditor is None:
        return None
    ibans = [tag("li", f"{grouped(one.iban)} · {_state_of(one)} · {_since(one.proposed_by)}") for one in creditor.ibans]
    earlier = [tag("li", _earlier(one)) for one in creditor.invoices]
    return tag(
        "section",
        tag("h3", words("bills.creditor"), id="creditor-title"),
        tag("ul", *ibans, class_="plain") if ibans else None,
        tag("ul", *earlier, class_="plain") if earlier else tag("p", words("bills.no_history"), class_="quiet"),
        aria_labelledby="creditor-title",
    )


def _state_of(iban: IbanAnswer) -> str:
    unused = iban.state is IbanState.APPROVED and not iban.used
    return words("iban_state.unused" if unused else f"iban_state.{iban.state}")


def _since(by: str) -> str:
    return words("bills.known_by", by=by)


def _earlier(one: EarlierInvoice) -> Html:
    state = words(f"invoice_state.{one.state}")
    said = f"{day(zurich_date(one.received_at))} · {money(one.amount, one.currency)} · {state}"
    if one.invoice_id is None:
        return join([said, f" · {words('bills.other_dossier')}"])
    return tag("a", said, href=f"#{one.invoice_id}", data_open=one.invoice_id)


def _acts(detail: InvoiceDetail) -> Html:
    return tag(
        "section",
        tag("h3", words("bills.acts"), id="acts-title"),
        tag("ol", *map(_act, detail.acts), class_="plain"),
        aria_labelledby="acts-title",
    )


def _act(act: ActAnswer) -> Html:
    stands_in = f" ({words('bills.stands_in', lead=act.standing_in_for)})" if act.standing_in_for else ""
    said = f"{moment(act.at)} · {words('bills.act', what=act.what_name, by=act.by)}{stands_in}"
    reason = f": {act.reason}" if act.reason else None
    return tag("li", tag("s", said) if act.void else said, f" ({words('bills.void')})" if act.void else None, reason)
