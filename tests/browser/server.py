"""What stands between a browser and the handlers on AWS, on this machine: the gateway, the hosted sign-in, the storage.

The gateway checks the token as the JWT authoriser does and hands on the claims; the sign-in gives a code for whoever
`SignIn.who` names and exchanges it only for the right verifier.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import time
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from functions.entrance.show_desk import handler as show_desk
from functions.intake.api import handler as intake
from functions.payments.api import handler as payments
from tests.http_calls import ONE_AT_A_TIME, Call
from tests.lambda_events import Context

TOKEN = "token-of-"


@dataclass
class Town:
    """The running server: who signs in next, the requests that came, and a clock people may turn on."""

    url: str = ""
    who: str = "ma-301"
    groups: str = "[mailroom]"
    valid: bool = True
    requests: list[str] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)


@contextmanager
def running() -> Iterator[Town]:
    """Serve on a free port until the end of the block."""
    town = Town()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _requests_for(town))
    town.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield town
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _requests_for(town: Town) -> type[BaseHTTPRequestHandler]:
    class Requests(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer("GET", None)

        def do_POST(self) -> None:
            self._answer("POST", self.rfile.read(int(self.headers["content-length"] or 0)).decode())

        def log_message(self, *_: object) -> None:
            """The test's own output is enough."""

        def _answer(self, method: str, body: str | None) -> None:
            with ONE_AT_A_TIME:
                answer = _answer(town, method, self.path, self.headers.get("authorization", ""), body)
            content = str(answer["body"]).encode()
            self.send_response(int(answer["statusCode"]))
            for name, value in answer["headers"].items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    return Requests


def _answer(town: Town, method: str, target: str, token: str, body: str | None) -> dict[str, Any]:
    town.requests.append(f"{method} {target}")
    parts = urlsplit(target)
    if parts.path.startswith("/oauth2/"):
        return _sign_in(town, parts.path, dict(parse_qsl(parts.query)), dict(parse_qsl(body or "")))
    if parts.path.split("/")[1] in {"desk", "bills", "books"}:
        return show_desk({"rawPath": parts.path}, None)
    if not town.valid or not token.startswith(f"Bearer {TOKEN}"):
        return _json(401, {"message": "Unauthorized"})
    staff = token.removeprefix(f"Bearer {TOKEN}")
    query = dict(parse_qsl(parts.query))
    event = Call(method, parts.path, staff, town.groups, query, body, f"request-{len(town.requests)}").event()
    context = event["requestContext"]
    assert isinstance(context, dict)
    context["timeEpoch"] = int(time() * 1000)
    handler = payments if parts.path.startswith("/payments/") else intake
    return handler(event, Context())


def _sign_in(town: Town, path: str, query: Mapping[str, str], form: Mapping[str, str]) -> dict[str, Any]:
    if path == "/oauth2/authorize":
        town.valid = True
        town.codes[f"code-{len(town.codes)}"] = query["code_challenge"]
        answer = urlencode({"code": f"code-{len(town.codes) - 1}", "state": query["state"]})
        return {"statusCode": 302, "headers": {"location": f"{query['redirect_uri']}?{answer}"}, "body": ""}
    challenge = base64.urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
    if town.codes.pop(form["code"], None) != challenge:
        return _json(400, {"error": "invalid_grant"})
    return _json(200, {"access_token": f"{TOKEN}{town.who}", "token_type": "Bearer"})


def _json(status: int, body: object) -> dict[str, Any]:
    return {"statusCode": status, "headers": {"content-type": "application/json"}, "body": json.dumps(body)}
