"""Plain HTTP requests to the deployed API."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Answer:
    """Status and body of an answer."""

    status: int
    text: str

    def json(self) -> dict[str, object]:
        """The body as a JSON object."""
        body = json.loads(self.text)
        assert isinstance(body, dict)
        return body


def request(url: str, *, token: str | None = None, method: str = "GET", body: object = None) -> Answer:
    """Ask, with a bearer token if there is one."""
    place = urlsplit(url)
    assert place.hostname
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=60)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    sent = None if body is None else json.dumps(body)
    if sent is not None:
        headers["Content-Type"] = "application/json"
    try:
        connection.request(method, f"{place.path}?{place.query}" if place.query else place.path, sent, headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.read().decode())
    finally:
        connection.close()
