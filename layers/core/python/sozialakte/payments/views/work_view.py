"""The list at the left: what waits for me, the most urgent first, with what to mind. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sozialakte.payments.approval import APPROVE_IBAN
from sozialakte.payments.invoice import Invoice
from sozialakte.payments.invoice_states import TO_ENTER, InvoiceState
from sozialakte.payments.questions import WorkList
from sozialakte.payments.records import due_by
from sozialakte.payments.see_doubts import DISCOUNT_AT_RISK
from sozialakte.payments.terms import InvoiceKind
from sozialakte.payments.views.orders import choice, field, submit
from sozialakte.payments.views.words import kind_name
from sozialakte.shared.markup import Html, join, tag
from sozialakte.shared.page_words import day, words


@dataclass(frozen=True)
class Chosen:
    """The list people look at, those they may choose, and in whose place they look."""

    of: WorkList
    offered: Sequence[WorkList]
    standing_in_for: str | None = None
    first_page: bool = True


def work_view(invoices: Sequence[Invoice], following: str | None, chosen: Chosen, today: date) -> Html:
    """The list. Its bills are links to the bill's view; the page's script opens them."""
    shown = sorted(invoices, key=lambda one: _urgent_by(one, today))
    return join(
        [
            tag("h2", words("bills.work"), id="queue-title", tabindex=-1),
            tag("p", _summary(invoices, following), class_="summary"),
            _choices(chosen),
            tag("ol", *(_bill(one, today) for one in shown), class_="letters")
            if shown
            else _nothing(chosen, following),
            _more(following, chosen),
        ]
    )


def work_said(invoices: Sequence[Invoice], following: str | None) -> str:
    """What a screen reader says when the list has changed."""
    return _summary(invoices, following)


def _summary(invoices: Sequence[Invoice], following: str | None) -> str:
    if following:
        return words("bills.waiting_more", count=len(invoices))
    return words("bills.one_waits") if len(invoices) == 1 else words("bills.waiting", count=len(invoices))


def _urgent_by(invoice: Invoice, today: date) -> tuple[str, str]:
    """The day by which somebody should have decided: the end of a discount comes before the day it is due."""
    until = _discount(invoice, today)
    return min(due_by(invoice), until.isoformat() if until else "9"), invoice.invoice_id


def _discount(invoice: Invoice, today: date) -> date | None:
    return min((one.until for one in invoice.terms.discounts if one.until >= today), default=None)


def _choices(chosen: Chosen) -> Html:
    lists = [(one.value, words(f"bills.list.{one}")) for one in chosen.offered]
    label = words("bills.deputy_for")
    absent = field("filter-deputy", "standing_in_for", label, value=chosen.standing_in_for, placeholder="ma-203")
    return tag(
        "form",
        choice("filter-list", "of", words("bills.list"), lists, chosen.of, "V"),
        absent,
        submit(words("bills.show"), class_="unseen"),
        id="filters",
        aria_label=words("bills.choose_list"),
    )


def _nothing(chosen: Chosen, following: str | None) -> Html:
    done = chosen.first_page and not following
    return tag("p", words("bills.nothing_waits" if done else "bills.nothing_here"), class_="empty")


def _bill(invoice: Invoice, today: date) -> Html:
    owed = invoice.owed
    due = words("bills.due", day=day(date.fromisoformat(due_by(invoice))))
    line = [invoice.dossier_id or words("bills.no_dossier"), due]
    if invoice.kind is not InvoiceKind.BILL:
        line.insert(0, kind_name(invoice.kind))
    marks = list(_marks(invoice, today))
    opened = tag(
        "a",
        tag("span", invoice.terms.creditor.name or words("bills.no_creditor"), class_="sender"),
        tag("span", str(owed) if owed else words("bills.no_amount"), class_="amount"),
        tag("span", " · ".join(line), class_="line"),
        tag("span", *marks, class_="marks") if marks else None,
        href=f"#{invoice.invoice_id}",
        data_open=invoice.invoice_id,
    )
    return tag("li", opened)


def _marks(invoice: Invoice, today: date) -> Iterator[Html]:
    due, until = date.fromisoformat(due_by(invoice)), _discount(invoice, today)
    if due < today:
        yield _urgent("bills.mark.overdue")
    if until and until <= today + DISCOUNT_AT_RISK:
        yield tag("span", words("bills.mark.discount", day=day(until)), class_="mark urgent")
    if invoice.open_twins:
        yield _urgent("bills.mark.twin")
    if _has_new_iban(invoice):
        yield _urgent("bills.mark.iban")
    if invoice.state is InvoiceState.RETURNED:
        yield tag("span", words("bills.mark.returned"), class_="mark")
    if invoice.unconfirmed and invoice.state in TO_ENTER:
        yield tag("span", words("bills.mark.unconfirmed"), class_="mark")


def _has_new_iban(invoice: Invoice) -> bool:
    changed = any(doubt.code == "creditor.iban_changed" for doubt in invoice.doubts)
    return changed and not any(act.what == APPROVE_IBAN for act in invoice.acts)


def _urgent(code: str) -> Html:
    return tag("span", words(code), class_="mark urgent")


def _more(following: str | None, chosen: Chosen) -> Html | None:
    back = None if chosen.first_page else tag("button", words("desk.first"), type="button", data_cursor="")
    on = tag("button", words("bills.more"), type="button", data_cursor=following) if following else None
    return tag("p", back, on, class_="more") if back or on else None
