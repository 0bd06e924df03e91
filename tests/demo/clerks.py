"""The people who work on the demo's bills, and what each of them asks the API, with a token of their own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import urllib3

from tests.demo.office import DemoError, Office


@dataclass(frozen=True)
class Clerk:
    """Somebody of the register, with the role that the token names."""

    staff_id: str
    role: str


CASEWORKER, TEAM_LEAD = Clerk("ma-102", "caseworker"), Clerk("ma-101", "teamlead")
OTHER_CASEWORKER, OTHER_LEAD = Clerk("ma-112", "caseworker"), Clerk("ma-111", "teamlead")
ACCOUNTING, RELEASER = Clerk("ma-401", "accounting"), Clerk("ma-402", "paymentrelease")


@dataclass
class Counter:
    """Where the clerks of an office ask. Each signs in once."""

    office: Office
    _tokens: dict[Clerk, str] = field(default_factory=dict)

    def see(self, who: Clerk, path: str) -> dict[str, Any]:
        """What the API answers. Raises `DemoError` if it refuses."""
        return self._ask(who, "GET", path)

    def do(self, who: Clerk, path: str, body: Mapping[str, object]) -> dict[str, Any]:
        """What became of it. Raises `DemoError` if the API refuses."""
        return self._ask(who, "POST", path, json.dumps(body))

    def _ask(self, who: Clerk, method: str, path: str, body: str | None = None) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._token(who)}", "Content-Type": "application/json"}
        url = f"{self.office.outputs.api_url}{path}"
        answer = urllib3.request(method, url, body=body, headers=headers, timeout=30, retries=False)
        if answer.status != HTTPStatus.OK:
            raise DemoError(f"{who.staff_id}, {method} {path}: {answer.status} {answer.data.decode()[:400]}")
        answered: dict[str, Any] = answer.json()
        return answered

    def _token(self, who: Clerk) -> str:
        if who not in self._tokens:
            self._tokens[who] = self.office.token(who.staff_id, [who.role])
        return self._tokens[who]
