"""The page before anybody has signed in: a frame, a policy that lets nothing else in, files that may be kept."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from functions.entrance.show_desk import handler
from sozialakte.entrance.bills_page import KEYS as BILLS_KEYS
from sozialakte.entrance.books_page import KEYS as BOOKS_KEYS
from sozialakte.entrance.desk_page import KEYS as DESK_KEYS
from sozialakte.entrance.frame import Keys

PICTURES = "https://s3.eu-central-2.amazonaws.com/demo-letters/"


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.setenv("SIGN_IN_URL", "https://sozialakte-demo.auth.eu-central-2.amazoncognito.com")
    monkeypatch.setenv("USER_POOL_CLIENT_ID", "pages-client")
    monkeypatch.setenv("PICTURES_URL", PICTURES)


def get(path: str) -> tuple[object, dict[str, str], str]:
    answer = handler({"rawPath": path}, None)
    headers = answer["headers"]
    assert isinstance(headers, dict)
    return answer["statusCode"], headers, str(answer["body"])


def test_the_page_allows_nothing_but_itself_the_sign_in_and_pictures() -> None:
    status, headers, _ = get("/desk")

    assert status == 200
    assert headers["Content-Security-Policy"].split("; ") == [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        f"img-src {PICTURES}",
        "connect-src 'self' https://sozialakte-demo.auth.eu-central-2.amazoncognito.com",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
    assert headers["Cache-Control"] == "no-cache"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("page", ["desk", "bills", "books"])
def test_the_page_has_no_script_and_no_style_inside(page: str) -> None:
    _, _, body = get(f"/{page}")

    assert body.startswith("<!doctype html>\n<html ")
    assert 'lang="de-CH"' in body
    assert not re.search(r" on[a-z]+=| style=|<style", body)
    assert re.findall(r"<script[^>]*>([^<]*)</script>", body) == [""]
    assert "//" not in re.sub(r'data-sign-in="[^"]*"', "", body), "nothing comes from elsewhere"


@pytest.mark.parametrize(("page", "count"), [("desk", 2), ("bills", 3), ("books", 3)])
def test_its_files_are_found_under_their_hash_and_kept_for_ever(page: str, count: int) -> None:
    _, _, body = get(f"/{page}")
    files = re.findall(rf'(?:href|src)="({page}/[^"]+)"', body)
    script = get(f"/{files[-1]}")[2]
    shared = re.findall(r'from "./([^"]+)"', script)

    assert len(files) == count
    assert [re.sub("-[0-9a-f]{16}", "", one) for one in shared] == ["page.js"]
    for file in (*files, f"{page}/{shared[0]}"):
        status, headers, text = get(f"/{file}")
        assert (status, headers["Cache-Control"]) == (200, "public, max-age=31536000, immutable")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert text


@pytest.mark.parametrize("path", ["/desk/desk.js", "/desk/desk-0000000000000000.js", "/desk/..%2fapi.py", "/desk/x"])
def test_other_files_do_not_exist(path: str) -> None:
    assert get(path)[0] == 404


def test_on_the_emulator_sign_in_and_pictures_are_there_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:4566/")

    _, headers, body = get("/_aws/execute-api/abc/$default/desk")

    assert "img-src http://127.0.0.1:4566/demo-letters/;" in headers["Content-Security-Policy"]
    assert 'data-sign-in="http://127.0.0.1:4566"' in body


@pytest.mark.parametrize(("page", "keys"), [("desk", DESK_KEYS), ("bills", BILLS_KEYS), ("books", BOOKS_KEYS)])
def test_every_key_is_in_the_help(page: str, keys: Keys) -> None:
    _, _, body = get(f"/{page}")

    assert body.count("<dt>") == len(keys)


def test_the_function_starts_with_its_core_layer_alone() -> None:
    """No boto3, no pydantic, no Powertools: it starts fast and needs no other layer."""
    heavy = "{'boto3', 'botocore', 'pydantic', 'aws_lambda_powertools'}"
    code = f"import sys, functions.entrance.show_desk; sys.exit(bool({heavy} & set(sys.modules)))"
    layers = {**os.environ, "PYTHONPATH": "layers/core/python"}
    done = subprocess.run([sys.executable, "-c", code], env=layers, check=False)  # noqa: S603 (our own words only)

    assert done.returncode == 0
