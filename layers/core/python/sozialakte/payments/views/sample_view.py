"""The sample of a payment run: payment by payment, right or wrong. Pure."""

from __future__ import annotations

from sozialakte.payments.runs.answers import SampleAnswer
from sozialakte.payments.runs.run import RunState
from sozialakte.payments.runs.seen_run import RunSeen
from sozialakte.payments.views.bills_seen import Bills
from sozialakte.payments.views.books_parts import Deed, deed_form, obstacle, part
from sozialakte.payments.views.orders import reason_field, submit
from sozialakte.payments.views.runs_view import PATH
from sozialakte.shared.markup import Html, tag
from sozialakte.shared.page_words import moment, words

NEXT = "next-payment"
"""The id of the payment that is to be looked at next."""


def sample_view(run: RunSeen, bills: Bills) -> Html | None:
    """All of the sample, what nobody has looked at first."""
    if not run.sample:
        return None
    waiting = [one for one in run.sample if one.right is None]
    done = [one for one in run.sample if one.right is not None]
    count = words("books.sample_done", done=len(done), all=len(run.sample))
    checking = run.state is RunState.CHECKING and bool(waiting)
    items = [_payment(one, at, run, bills) for at, one in enumerate((*waiting, *done))]
    return part(
        "sample",
        words("books.sample"),
        tag("p", words("books.sample_means"), class_="quiet"),
        tag("p", count, class_="count"),
        obstacle(run.obstacles.check) if checking else None,
        tag("ol", *items, class_="sample"),
    )


def _payment(one: SampleAnswer, at: int, run: RunSeen, bills: Bills) -> Html:
    is_next = at == 0 and one.right is None
    heading = tag(
        "h4",
        bills.link(one.invoice_id),
        " ",
        tag("span", bills.amount(one.invoice_id), class_="amount"),
        id=NEXT if is_next else f"payment-{at}",
        tabindex=-1,
        data_key="n" if is_next else None,
    )
    line = tag("p", bills.line(one.invoice_id), class_="line")
    why = tag("p", _why(one), class_="line")
    return tag("li", heading, line, why, _result(one) or _question(one, at, run, bills))


def _why(one: SampleAnswer) -> str:
    if one.hidden:
        return " ".join(one.why)
    return words("books.drawn_for", why=", ".join(one.why)) if one.why else words("books.drawn_by_lot")


def _result(one: SampleAnswer) -> Html | None:
    if one.right is None or one.at is None:
        return None
    said = words("books.right_by" if one.right else "books.wrong_by", by=one.by or "-", at=moment(one.at))
    reason = f" {one.reason}" if one.reason else None
    return tag("p", said, reason, class_="good" if one.right else "bad")


def _question(one: SampleAnswer, at: int, run: RunSeen, bills: Bills) -> Html | None:
    if run.obstacles.check:
        return tag("p", words("books.not_checked"), class_="quiet")
    if one.hidden:
        return None
    if one.invoice_id in bills.own:
        return obstacle(words("run.own_invoice"))
    path = f"{PATH}/{run.run_id}/sample/{one.invoice_id}"
    right = Deed(path, {"right": True}, words("books.done.right"), focus=NEXT)
    wrong = Deed(path, {"right": False}, words("books.done.wrong"), focus=NEXT)
    named = f"payment-{at}" if at else NEXT
    button = tag(
        "button", words("books.right"), type="button", class_="main-choice", aria_describedby=named,
        **right.attributes(),
    )  # fmt: skip
    form = deed_form(
        wrong,
        reason_field(f"wrong-{at}", words("books.wrong_why"), ""),
        submit(words("books.wrong"), aria_describedby=named),
    )
    return tag("div", button, form, class_="verdict")
