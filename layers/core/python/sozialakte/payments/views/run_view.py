"""A payment run: where it stands, its sums, what to do next, what it leaves out, its files, who did what. Pure."""

from __future__ import annotations

from collections.abc import Sequence, Set
from decimal import Decimal

from sozialakte.payments.runs.answers import LeftOutAnswer, RunActAnswer
from sozialakte.payments.runs.run import Origin, RunState
from sozialakte.payments.runs.seen_run import RunSeen
from sozialakte.payments.views.bills_seen import Bills
from sozialakte.payments.views.books_parts import (
    Area,
    Column,
    Deed,
    back,
    counted,
    deed_form,
    facts,
    framed,
    grouped_number,
    obstacle,
    part,
    table,
)
from sozialakte.payments.views.orders import reason_field, submit
from sozialakte.payments.views.runs_view import PATH, names_of_totals, payments_of
from sozialakte.payments.views.sample_view import sample_view
from sozialakte.shared.access import Role
from sozialakte.shared.markup import Html, join, tag
from sozialakte.shared.money import Money
from sozialakte.shared.page_words import day, moment, words

_PASSING = frozenset({RunState.BUILDING, RunState.RELEASED})
_CHECKED = "checked"


def run_view(run: RunSeen, bills: Bills, roles: Set[Role]) -> Html:
    """The run, for somebody with these roles."""
    return framed(
        Area.RUNS,
        roles,
        words("books.run", run_id=run.run_id),
        back(Area.RUNS, words("books.all_runs")),
        _state(run),
        _facts(run),
        _release(run),
        sample_view(run, bills),
        _left_out("left-out", run.left_out, run.left_out_count, bills),
        _left_out("dropped", run.dropped, run.dropped_count, bills),
        _files(run),
        _acts(run.acts),
        _cancel(run),
    )


def run_said(run: RunSeen) -> str:
    """What a screen reader says when the run is there."""
    return words("books.run_said", run_id=run.run_id, state=run.state_name, sum=_in_words(run))


def _state(run: RunSeen) -> Html:
    means = words("books.run_means.refused" if run.refused else f"books.run_means.{run.state}")
    passing = run.state in _PASSING and not run.refused
    return tag("p", tag("strong", run.state_name), f" · {means}", class_="standing", data_soon=passing)


def _facts(run: RunSeen) -> Html:
    emergency = words("books.from_emergency") if run.origin == Origin.EMERGENCY else None
    return facts(
        (words("books.fact.sent"), _sent(run)),
        (words("books.fact.ordered"), _in_words(run) if run.totals else None),
        (words("books.column.execution_day"), day(run.execution_day)),
        (words("books.fact.due_until"), day(run.due_until)),
        (words("books.column.made_by"), run.made_by),
        (words("books.column.since"), moment(run.since)),
        (words("books.fact.origin"), emergency),
    )


def _in_words(run: RunSeen) -> str:
    told = ", ".join(filter(None, (counted(payments_of(run), "payment"), names_of_totals(run))))
    return told if run.totals else words("books.no_sum_yet")


def _sent(run: RunSeen) -> str | None:
    """What stands in the files: of the order book what was not found wrong and did not change meanwhile."""
    if not run.files:
        return None
    count, amount = sum(one.count for one in run.files), sum((Decimal(one.amount) for one in run.files), Decimal())
    return f"{counted(count, 'payment')}, {_amount(amount, run)}"


def _release(run: RunSeen) -> Html | None:
    if run.state is not RunState.CHECKING:
        return None
    title = words("books.release")
    if run.obstacles.release:
        return part("release-title", title, obstacle(run.obstacles.release))
    said = {"no_emergency_open": True} if run.stood_still else {}
    deed = Deed(f"{PATH}/{run.run_id}/release", {"version": run.version, **said}, words("books.done.released"))
    text = words("books.release_no_emergency" if run.stood_still else "books.release_now", sum=_in_words(run))
    button = tag("button", text, type="button", class_="main-choice", **deed.attributes())
    wrong = sum(one.right is False for one in run.sample)
    without = obstacle(words("books.release_without", count=counted(wrong, "payment")) if wrong else None)
    means = tag("p", words("books.release_means"))
    return part("release-title", title, means, without, obstacle(run.stood_still), button)


def _cancel(run: RunSeen) -> Html | None:
    if run.obstacles.cancel:
        return None
    path = f"{PATH}/{run.run_id}/cancellation"
    form = deed_form(
        Deed(path, {"version": run.version}, words("books.done.cancelled")),
        reason_field("cancel-reason", words("books.cancel_why"), ""),
        submit(words("books.cancel_now")),
    )
    return part("cancel-title", words("books.cancel"), tag("p", words("books.cancel_means")), form)


def _left_out(which: str, some: Sequence[LeftOutAnswer], count: int, bills: Bills) -> Html | None:
    if not count:
        return None
    code = which.replace("-", "_")
    title = words(f"books.{code}", count=grouped_number(count))
    first = tag("p", words("books.first_of", count=len(some)), class_="quiet") if len(some) < count else None
    columns = [
        Column(words("books.column.bill")), Column(words("books.column.sum"), number=True),
        Column(words("books.column.dossier_due")), Column(words("books.column.why")),
    ]  # fmt: skip
    rows = [
        [bills.link(one.invoice_id), bills.amount(one.invoice_id), bills.line(one.invoice_id), " ".join(one.reasons)]
        for one in some
    ]
    return part(which, title, tag("p", words(f"books.{code}_means")), first, table(title, columns, rows))


def _files(run: RunSeen) -> Html | None:
    if not run.files:
        return None
    columns = [
        Column(words("books.column.file"), short=True), Column(words("books.column.payments"), number=True),
        Column(words("books.column.sum"), number=True), Column(words("books.column.bank_answer")),
        Column(words("books.column.digest")),
    ]  # fmt: skip
    rows = [
        [
            f"{one.message_id}.xml",
            grouped_number(one.count),
            _amount(Decimal(one.amount), run),
            one.bank_status_name or words("books.no_answer"),
            tag("code", one.sha256, class_="digest"),
        ]
        for one in run.files
    ]
    title = words("books.files")
    return part("files", title, tag("p", words("books.files_means"), class_="quiet"), table(title, columns, rows))


def _amount(amount: Decimal, run: RunSeen) -> str:
    """With its currency if the run has but one; a bank's control sum adds up the numbers of all."""
    currencies = [one.currency for one in run.totals]
    said = str(Money(amount, currencies[0] if currencies else "CHF"))
    return said if len(currencies) == 1 else said.split(" ", 1)[1]


def _acts(acts: Sequence[RunActAnswer]) -> Html:
    """Without what stands in the sample."""
    told = [tag("li", _act(act)) for act in acts if act.what != _CHECKED]
    return part("acts-title", words("bills.acts"), tag("ol", *told, class_="plain"))


def _act(act: RunActAnswer) -> Html:
    said = f"{moment(act.at)} · {words('bills.act', what=act.what_name, by=act.by)}"
    return join([said, f": {act.reason}" if act.reason else None])
