"""HTML put together so that a text is always shown as a text: whatever is not `Html` is escaped. Pure.

    tag("p", "Absender: ", tag("strong", sender), class_="sender")

Only `tag` and `join` make `Html`; nothing turns a text into it as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

# Control characters are errors in HTML (tab and line feed are none); lone surrogates have no UTF-8.
_NO_CHARACTER = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_VOID = frozenset({"br", "img", "input", "link", "meta"})

Attribute = str | int | bool | None


class Html(str):
    """Finished markup."""

    __slots__ = ()


Child = str | int | None


def tag(name: str, /, *children: Child, **attributes: Attribute) -> Html:
    """An element. ``None`` is no child. Attributes are ``class_``, ``data_key``; True stands alone, False is none."""
    opened = f"<{name}{''.join(_attribute(key, value) for key, value in attributes.items())}>"
    return Html(opened if name in _VOID else f"{opened}{join(children)}</{name}>")


def join(children: Iterable[Child]) -> Html:
    """Elements and texts one after the other."""
    return Html("".join(_shown(child) for child in children if child is not None))


def _shown(child: str | int) -> str:
    return child if isinstance(child, Html) else _escaped(str(child))


def _attribute(key: str, value: Attribute) -> str:
    name = key.removesuffix("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{_escaped(str(value))}"'


def _escaped(text: str) -> str:
    return escape(_NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", text), quote=True)
