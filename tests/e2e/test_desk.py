"""Signing in at the desk: the real page, Cognito's own sign-in page, and the gateway that checks the token."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from hashlib import sha256

import pytest
from playwright.sync_api import Page, expect

from tests.batches import MAILROOM
from tests.browser.chromium import chromium
from tests.e2e.api_calls import request
from tests.e2e.deployed import Deployed
from tests.emulator.outputs import desk_address
from tests.emulator.people import PASSWORD, sign_in

VERIFIER = "a-verifier-of-more-than-forty-three-characters-1234"


@pytest.fixture(scope="module")
def clerk(usable: Deployed) -> str:
    """Somebody of the mailroom with an account."""
    sign_in(usable.emulator, MAILROOM, ["mailroom"])
    return MAILROOM


@pytest.fixture
def page(usable: Deployed) -> Iterator[Page]:
    """A window on the desk."""
    with chromium() as browser:
        page = browser.new_page()
        page.goto(desk_address(usable.outputs))
        yield page


def give(page: Page, username: str, password: str) -> None:
    """Fill in Cognito's page."""
    page.locator("#username").fill(username)
    page.locator("#password").fill(password)
    page.keyboard.press("Enter")


def test_who_signs_in_at_the_desk_sees_the_queue(page: Page, usable: Deployed, clerk: str) -> None:
    page.keyboard.press("Enter")  # the focus is on "Anmelden"
    give(page, clerk, PASSWORD)

    expect(page.locator("#queue-title")).to_have_text("Zur Prüfung", timeout=60_000)
    assert page.url == desk_address(usable.outputs), "the code has gone from the address"
    token = page.evaluate("sessionStorage.getItem('token')")
    assert request(f"{usable.outputs.api_url}/intake/desk", token=token).status == 200
    assert request(f"{usable.outputs.api_url}/dossiers/inbox", token=token).status == 403, "no case worker"


def test_a_wrong_password_leads_nowhere(page: Page, clerk: str) -> None:
    page.keyboard.press("Enter")
    give(page, clerk, "wrong-Password-2026")

    expect(page.locator("#password")).to_be_visible()
    assert "code=" not in page.url


def test_a_stolen_code_is_worth_nothing_without_the_verifier(usable: Deployed, clerk: str) -> None:
    assert exchange(usable, code_for(usable, clerk), "another-verifier-of-more-than-forty-three-characters") == 400
    assert exchange(usable, code_for(usable, clerk), VERIFIER) == 200


def test_the_desk_without_a_token_shows_no_letters(usable: Deployed) -> None:
    assert request(f"{usable.outputs.api_url}/intake/desk").status == 401
    assert request(desk_address(usable.outputs)).status == 200


def code_for(deployed: Deployed, username: str) -> str:
    """What Cognito's page sends back with to the desk."""
    challenge = urlsafe_b64encode(sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
    form = {
        "client_id": deployed.outputs.user_pool_client_id,
        "redirect_uri": desk_address(deployed.outputs),
        "scope": "openid",
        "state": "x",
        "response_type": "code",
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "username": username,
        "password": PASSWORD,
    }
    try:
        with urllib.request.build_opener(_Stays).open(f"{deployed.emulator.endpoint}/login", _encoded(form)) as answer:
            raise AssertionError(f"no way back: {answer.status} {answer.read()[:300]!r}")
    except urllib.error.HTTPError as error:
        with error:
            back = urllib.parse.urlsplit(error.headers["location"])
    return urllib.parse.parse_qs(back.query)["code"][0]


def exchange(deployed: Deployed, code: str, verifier: str) -> int:
    """The status of asking for a token."""
    form = {
        "grant_type": "authorization_code",
        "client_id": deployed.outputs.user_pool_client_id,
        "redirect_uri": desk_address(deployed.outputs),
        "code": code,
        "code_verifier": verifier,
    }
    try:
        with urllib.request.urlopen(f"{deployed.emulator.endpoint}/oauth2/token", _encoded(form)) as answer:  # noqa: S310
            assert json.load(answer)["access_token"]
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def _encoded(form: dict[str, str]) -> bytes:
    return urllib.parse.urlencode(form).encode()


class _Stays(urllib.request.HTTPRedirectHandler):
    """A way back is read, not gone."""

    def redirect_request(self, *_: object) -> None:
        """Stay."""
