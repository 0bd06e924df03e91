"""A real Chromium without a window, and the desk in it. Without Chromium these tests are skipped, and say so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from sozialakte.runtime.aws import client
from tests.aws import LETTERS, REGION
from tests.browser.bills import Bills
from tests.browser.books import Books
from tests.browser.chromium import chromium
from tests.browser.desk import Desk
from tests.browser.server import Town, running

AXE = Path("node_modules/axe-core/axe.min.js")
STORAGE = f"https://s3.{REGION}.amazonaws.com/{LETTERS}/"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """For all tests of the page."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: `make setup`")
    with chromium() as browser:
        yield browser


@pytest.fixture
def town(aws: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:  # noqa: ARG001 (the handlers need it)
    """The handlers behind a local server."""
    with running() as town:
        monkeypatch.setenv("SIGN_IN_URL", town.url)
        monkeypatch.setenv("USER_POOL_CLIENT_ID", "pages")
        monkeypatch.setenv("PICTURES_URL", STORAGE)
        yield town


@pytest.fixture
def desk(browser: Browser, town: Town) -> Iterator[Desk]:
    """A window on the desk's address, nobody signed in."""
    with _window(browser) as page:
        yield Desk(page, town, AXE.read_text(encoding="utf-8"))


@pytest.fixture
def bills(browser: Browser, town: Town) -> Iterator[Bills]:
    """A window on the address of the bills, nobody signed in."""
    with _window(browser) as page:
        yield Bills(page, town, AXE.read_text(encoding="utf-8"))


@pytest.fixture
def books(browser: Browser, town: Town) -> Iterator[Books]:
    """A window on the address of the accounts, nobody signed in."""
    with _window(browser) as page:
        yield Books(page, town, AXE.read_text(encoding="utf-8"))


@contextmanager
def _window(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="de-CH", timezone_id="Europe/Zurich")
    page = context.new_page()
    page.set_default_timeout(10_000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if "Content Security" in message.text else None)
    page.route(f"{STORAGE}**", _from_storage)
    yield page
    context.close()
    assert wrong == [], "the page's script failed, or wanted what the policy forbids"


def _from_storage(route: Route) -> None:
    """A picture as S3 gives it for a signed address."""
    key = unquote(urlsplit(route.request.url).path).removeprefix(f"/{LETTERS}/")
    try:
        picture = client("s3").get_object(Bucket=LETTERS, Key=key)["Body"].read()
    except client("s3").exceptions.NoSuchKey:
        route.fulfill(status=404)
    else:
        route.fulfill(body=picture, content_type="image/jpeg")
