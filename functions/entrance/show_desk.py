"""HTTP: the pages of the review desk, bills and accounts, for everybody. There is nothing in them but the frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit

from sozialakte.entrance.assets import asset
from sozialakte.entrance.bills_page import bills_page
from sozialakte.entrance.books_page import books_page
from sozialakte.entrance.desk_page import desk_page
from sozialakte.entrance.frame import Surroundings, content_security_policy
from sozialakte.runtime.settings import read_settings

_PAGES: Mapping[str, Callable[[Surroundings], str]] = MappingProxyType(
    {"desk": desk_page, "bills": bills_page, "books": books_page}
)
_ASSETS = ("bills.css", "bills.js", "books.css", "books.js", "desk.css", "desk.js", "page.js")
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
}
_FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Settings:
    """What the page needs to know of its stage. ``aws_endpoint_url`` is set where AWS is an emulator."""

    sign_in_url: str
    user_pool_client_id: str
    pictures_url: str
    aws_endpoint_url: str = ""


def handler(event: Mapping[str, object], _context: object) -> dict[str, object]:
    """Answer ``GET /desk``, ``/bills`` and ``/books``, and the files below them (HTTP API, payload 2.0)."""
    name = str(event["rawPath"]).rstrip("/").rsplit("/", 1)[-1]
    if name in _PAGES:
        return _page(_PAGES[name], _surroundings(read_settings(Settings)))
    found = next((one for one in map(asset, _ASSETS) if one.name == name), None)
    if found is None:
        return _answer(404, "text/plain; charset=utf-8", "", {"Cache-Control": "no-store"})
    return _answer(200, found.content_type, found.text, {"Cache-Control": _FOR_EVER})


def _page(page: Callable[[Surroundings], str], where: Surroundings) -> dict[str, object]:
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": content_security_policy(where)}
    return _answer(200, "text/html; charset=utf-8", page(where), headers)


def _surroundings(settings: Settings) -> Surroundings:
    emulator = settings.aws_endpoint_url.rstrip("/")
    pictures = emulator + urlsplit(settings.pictures_url).path if emulator else settings.pictures_url
    return Surroundings(emulator or settings.sign_in_url, settings.user_pool_client_id, pictures)


def _answer(status: int, content_type: str, body: str, headers: Mapping[str, str]) -> dict[str, object]:
    return {
        "statusCode": status,
        "headers": {"Content-Type": content_type, **_ALWAYS, **headers},
        "body": body,
        "isBase64Encoded": False,
    }
