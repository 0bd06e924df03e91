"""Payment runs: the list of them, and the form that begins one. Pure."""

from __future__ import annotations

from collections.abc import Set
from datetime import date, timedelta

from sozialakte.payments.runs.answers import RunList, RunSummary
from sozialakte.payments.runs.seen_run import against_role
from sozialakte.payments.views.books_parts import (
    Area,
    Column,
    Deed,
    counted,
    deed_form,
    framed,
    grouped_number,
    more,
    nothing,
    obstacle,
    part,
    sum_of,
    table,
)
from sozialakte.payments.views.orders import field, submit
from sozialakte.shared.access import Action, Role
from sozialakte.shared.markup import Html, tag
from sozialakte.shared.page_words import day, moment, words

PATH = "/payments/runs"
_FRIDAY = 4


def runs_view(runs: RunList, roles: Set[Role], today: date, *, others_pay: bool) -> Html:
    """The list. ``others_pay``: another system pays, so no run is begun here."""
    return framed(Area.RUNS, roles, words("books.runs"), _begin(roles, today, others_pay=others_pay), _list(runs))


def runs_said(runs: RunList) -> str:
    """What a screen reader says."""
    return f"{words('books.runs')}: {counted(len(runs.runs), 'run')}."


def names_of_totals(run: RunSummary) -> str:
    """The sums of a run, or that they are not known yet."""
    return sum_of({one.currency: one.amount for one in run.totals})


def payments_of(run: RunSummary) -> int:
    """How many payments it has."""
    return sum(one.count for one in run.totals)


def _list(runs: RunList) -> Html:
    if not runs.runs:
        return part("runs-list", words("books.runs_so_far"), nothing(words("books.no_runs")))
    columns = [
        Column(words("books.column.run"), short=True), Column(words("books.column.execution_day"), short=True),
        Column(words("books.column.state"), short=True), Column(words("books.column.payments"), number=True),
        Column(words("books.column.ordered"), number=True), Column(words("books.column.made_by")),
        Column(words("books.column.since"), short=True),
    ]  # fmt: skip
    rows = [_row(run) for run in runs.runs]
    return part(
        "runs-list",
        words("books.runs_so_far"),
        table(words("books.runs_so_far"), columns, rows),
        more(Area.RUNS, runs.next),
    )


def _row(run: RunSummary) -> list[Html | str]:
    return [
        tag("a", run.run_id, href=f"#runs/{run.run_id}"),
        day(run.execution_day),
        run.state_name,
        grouped_number(payments_of(run)) if run.totals else "",
        names_of_totals(run),
        run.made_by,
        moment(run.since),
    ]


def _begin(roles: Set[Role], today: date, *, others_pay: bool) -> Html | None:
    if against_role(roles, Action.MAKE_RUN):
        return None
    title = words("books.begin_run")
    if others_pay:
        return part("begin-title", title, obstacle(words("run.others_pay")))
    form = deed_form(
        Deed(PATH, {}, words("books.done.made"), goes="runs/@"),
        tag("p", words("books.begin_run_means"), class_="quiet"),
        tag(
            "div",
            field(
                "execution-day", "execution_day", words("books.field.execution_day"),
                type="date", required=True, min=str(today), value=str(_next_working_day(today)),
            ),
            field("due-until", "due_until", words("books.field.due_until"), type="date"),
            submit(words("books.begin_run_now")),
            class_="row",
        ),
    )  # fmt: skip
    return part("begin-title", title, form)


def _next_working_day(today: date) -> date:
    """The next day from Monday to Friday: banks pay on no other."""
    ahead = (today + timedelta(days) for days in range(1, 4))
    return next(one for one in ahead if one.weekday() <= _FRIDAY)
