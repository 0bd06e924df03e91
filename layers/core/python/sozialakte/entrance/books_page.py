"""The page of the accounts: payment runs, incoming money, the ledger, the bank; a frame that the routes fill. Pure."""

from __future__ import annotations

from sozialakte.entrance.frame import Page, Surroundings, document, words
from sozialakte.shared.markup import Html, tag

KEYS = (
    ("1-4", "books.key.area"), ("N", "books.key.next"), ("L", "desk.reload"), ("?", "desk.keys"),
)  # fmt: skip
"""Every key and what it does, as the help lists it."""


def books_page(where: Surroundings) -> str:
    """The whole document."""
    page = Page(
        name="books",
        title=words("books.title"),
        skip=words("books.skip"),
        opened="view",
        sign_in_first=words("books.sign_in_first"),
        styles=("desk.css", "books.css"),
        keys=KEYS,
    )
    return document(page, _place(where))


def _place(where: Surroundings) -> Html:
    return tag(
        "div",
        tag("div", id="view"),
        id="desk",
        hidden=True,
        data_sign_in=where.sign_in,
        data_client=where.client_id,
        data_unreachable=words("desk.unreachable"),
        data_sign_in_failed=words("desk.sign_in_failed"),
    )
