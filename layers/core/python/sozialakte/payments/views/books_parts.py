"""What the pages of the accounts share: the way between them, tables, sums, facts, forms. Pure.

A link leads to ``#<area>`` or ``#<area>/<one of it>``, which the page's script asks for below ``/payments/books/``. A
button or form carries its request (``data-post``, ``data-body``), what is said when it is done (``data-done``), where
that leads (``data-goes``; ``@`` is the id of the run it made), or what gets the focus (``data-focus``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sozialakte.shared.access import Action, Relation, Role, decide
from sozialakte.shared.markup import Attribute, Child, Html, join, tag
from sozialakte.shared.money import Money
from sozialakte.shared.page_words import words


class Area(StrEnum):
    """The areas of the accounts, in the order in which they stand."""

    RUNS = "runs"
    MONEY = "money"
    LEDGER = "ledger"
    BANK = "bank"


_NEEDS = {
    Area.RUNS: Action.READ_RUN,
    Area.MONEY: Action.LIST_MONEY,
    Area.LEDGER: Action.READ_LEDGER,
    Area.BANK: Action.LIST_BANK,
}
_BILLS = Action.LIST_PAYMENT_WORK


@dataclass(frozen=True)
class Deed:
    """What a button or a form asks for."""

    path: str
    body: Mapping[str, object]
    done: str
    goes: str | None = None
    focus: str | None = None

    def attributes(self) -> dict[str, Attribute]:
        """For a button or a form."""
        return {
            "data_post": self.path,
            "data_body": json.dumps(self.body),
            "data_done": self.done,
            "data_goes": self.goes,
            "data_focus": self.focus,
        }


def framed(area: Area, roles: Set[Role], title: str, *inside: Child) -> Html:
    """A view: the way to the other areas, its title, which gets the focus, and what is in it."""
    heading = tag("h2", title, id="view-title", tabindex=-1)
    return join([_ways(area, roles), tag("section", heading, *inside, class_="book", aria_labelledby="view-title")])


def back(area: Area, text: str, query: str = "") -> Html:
    """The way back to the list."""
    return tag("p", tag("a", f"\N{LEFTWARDS ARROW} {text}", href=f"#{area}{query}"), class_="back")


def part(identity: str, title: str, *inside: Child) -> Html:
    """A part of a view under its heading."""
    heading = tag("h3", title, id=identity, tabindex=-1)
    return tag("section", heading, *inside, aria_labelledby=identity)


def facts(*told: tuple[str, Child]) -> Html:
    """What is known, by name."""
    rows = [tag("div", tag("dt", name), tag("dd", value)) for name, value in told if value]
    return tag("dl", *rows, class_="facts")


@dataclass(frozen=True)
class Column:
    """A column: its heading, and whether it holds numbers, or what must not break into lines."""

    name: str
    number: bool = False
    short: bool = False


def table(caption: str, columns: Sequence[Column], rows: Iterable[Sequence[Child]], last: Sequence[Child] = ()) -> Html:
    """A table, which scrolls for itself where it is too wide; the first cell of a row names it. ``last``: the sums."""
    head = tag("tr", *(tag("th", one.name, scope="col", class_=_kind(one)) for one in columns))
    body = tag("tbody", *(_row(columns, row) for row in rows))
    foot = tag("tfoot", _row(columns, last)) if last else None
    inside = tag("table", tag("caption", caption, class_="unseen"), tag("thead", head), body, foot)
    return tag("div", inside, class_="wide", tabindex=0, role="group", aria_label=caption)


def nothing(text: str) -> Html:
    """That a list is empty."""
    return tag("p", text, class_="empty")


def more(area: str, following: str | None, query: str = "") -> Html | None:
    """The way to the next page."""
    if following is None:
        return None
    return tag("p", tag("a", words("books.more"), href=f"#{area}?{query}cursor={following}"), class_="more")


def deed_form(deed: Deed, *inside: Child) -> Html:
    """A form that asks for something with its fields."""
    return tag("form", *inside, class_="deed", **deed.attributes())


def obstacle(text: str | None) -> Html | None:
    """Why something cannot be done."""
    return tag("p", text, class_="obstacle") if text else None


def proof(sentence: str, *, proven: bool) -> Html:
    """The line that says whether a sum is right."""
    return tag("p", sentence, class_="proof" if proven else "proof broken")


def choices(label: str, options: Iterable[tuple[str, str]], chosen: str) -> Html:
    """Lists to choose from: their addresses and names, the chosen one marked."""
    links = [
        tag("li", tag("a", name, href=f"#{address}", aria_current="true" if address == chosen else None))
        for address, name in options
    ]
    return tag("nav", tag("ul", *links), class_="choices", aria_label=label)


def sum_of(amounts: Mapping[str, str]) -> str:
    """Amounts by currency: ``CHF 1'234.50 + EUR 20.00``."""
    return " + ".join(str(Money(Decimal(amount), currency)) for currency, amount in sorted(amounts.items()))


def counted(number: int, of: str) -> str:
    """``1 Zahlung``, ``1'250 Zahlungen``; ``of`` is the code of the thing."""
    return words(f"books.one.{of}") if number == 1 else words(f"books.many.{of}", count=grouped_number(number))


def grouped_number(number: int) -> str:
    """``1'250``."""
    return f"{number:,}".replace(",", "'")


def _ways(here: Area, roles: Set[Role]) -> Html:
    def allowed(action: Action) -> bool:
        return any(decide(roles, one, action).allowed for one in Relation)

    links = [
        tag("a", words(f"books.area.{area}"), href=f"#{area}", aria_current="page" if area is here else None)
        for area in Area
        if allowed(_NEEDS[area])
    ]
    if allowed(_BILLS):
        links.append(tag("a", words("books.area.bills"), href="bills"))
    return tag("nav", tag("ul", *(tag("li", link) for link in links)), class_="ways", aria_label=words("books.areas"))


def _row(columns: Sequence[Column], cells: Sequence[Child]) -> Html:
    first, *others = (
        tag("td" if at else "th", cell, class_=_kind(column), scope=None if at else "row")
        for at, (column, cell) in enumerate(zip(columns, cells, strict=True))
    )
    return tag("tr", first, *others)


def _kind(column: Column) -> str | None:
    return "number" if column.number else "short" if column.short else None
