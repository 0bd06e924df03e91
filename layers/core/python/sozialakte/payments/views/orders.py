"""Buttons and forms that carry their request with them, so that the page's script knows nothing of bills. Pure.

``data-post`` is the path, ``data-body`` the JSON; a form adds its fields, what is left empty is left out.
``data-done`` is said when it is done. ``data-key`` clicks a button and moves the focus to a field. ``data-stays``: the
bill stays open afterwards. ``data-changed``: only what somebody changed is sent, null for what they emptied.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sozialakte.payments.answers import InvoiceSummary
from sozialakte.shared.markup import Attribute, Html, tag

Options = Iterable[tuple[str, str]]
"""Values and how they are named."""


@dataclass(frozen=True)
class Order:
    """What a button or a form asks for: ``what`` is the last word of the path."""

    what: str
    done: str
    body: Mapping[str, object]
    stays: bool = False
    only_changed: bool = False

    def attributes(self, invoice: InvoiceSummary) -> dict[str, Attribute]:
        """The order about the version of the invoice that the person sees."""
        return {
            "data_post": f"/payments/invoices/{invoice.invoice_id}/{self.what}",
            "data_body": json.dumps({"version": invoice.version, **self.body}),
            "data_done": self.done,
            "data_stays": self.stays,
            "data_changed": self.only_changed,
        }


def order_button(invoice: InvoiceSummary, key: str, text: str, order: Order) -> Html:
    """A button that gives the order at once."""
    return tag(
        "button",
        *keyed(key, text),
        type="button",
        class_="main-choice",
        data_key=key.lower(),
        aria_keyshortcuts=key,
        **order.attributes(invoice),
    )


def order_form(invoice: InvoiceSummary, order: Order, *inside: Html | None) -> Html:
    """A form that gives the order with its fields."""
    return tag("form", *inside, **order.attributes(invoice))


def keyed(key: str, text: str) -> tuple[Html | None, Html]:
    """A key, if there is one, and what it does."""
    return tag("kbd", key, aria_hidden="true") if key else None, tag("span", text)


def field(identity: str, name: str, label: str, key: str = "", **attributes: Attribute) -> Html:
    """A labelled field to type in; its key moves the focus to it."""
    known: dict[str, Attribute] = {"autocomplete": "off", "spellcheck": "false", **_key(key), **attributes}
    shown = tag("input", id=identity, name=name, **known)
    return tag("div", tag("label", *keyed(key, label), for_=identity), shown, class_="field")


def choice(identity: str, name: str, label: str, options: Options, chosen: str | None = None, key: str = "") -> Html:
    """A labelled choice."""
    listed = [tag("option", text, value=value, selected=value == chosen) for value, text in options]
    shown = tag("select", *listed, id=identity, name=name, **_key(key))
    return tag("div", tag("label", *keyed(key, label), for_=identity), shown, class_="field")


def reason_field(identity: str, label: str, key: str) -> Html:
    """A reason that has to be given."""
    return field(identity, "reason", label, key, required=True, maxlength=500, spellcheck="true")


def submit(text: str, **attributes: Attribute) -> Html:
    """The button that gives a form's order; Enter in a field does the same."""
    return tag("button", text, type="submit", **attributes)


def _key(key: str) -> dict[str, Attribute]:
    return {"data_key": key.lower(), "aria_keyshortcuts": key} if key else {}
