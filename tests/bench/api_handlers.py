"""People at work through the handlers of the payments' API, every call of AWS written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import parse_qsl

from tests.apis import apis
from tests.bench.recorder import NOBODY, Recorder
from tests.demo.clerks import Clerk
from tests.http_calls import Call

API = "payments.api"


@dataclass
class Handlers:
    """The handlers of the payments' API, every call of AWS written down. ``approved``: what bills took until then."""

    recorder: Recorder = field(default_factory=Recorder)
    numbers: count[int] = field(default_factory=count)
    approved: dict[str, float] = field(default_factory=dict)

    def see(self, who: Clerk, path: str) -> dict[str, Any]:
        """What there is to see."""
        return self._ask(who, "GET", path, None)

    def do(self, who: Clerk, path: str, body: Mapping[str, object]) -> dict[str, Any]:
        """What became of it."""
        return self._ask(who, "POST", path, body)

    def calls_since(self, before: int) -> int:
        """Calls of AWS since there were so many."""
        return len(self.recorder.calls) - before

    def _ask(self, who: Clerk, method: str, path: str, body: Mapping[str, object] | None) -> dict[str, Any]:
        place, _, query = path.partition("?")
        asked = dict(parse_qsl(query))
        call = Call(method, place, who.staff_id, f"[{who.role}]", asked, body, f"request-{next(self.numbers)}")
        self.recorder.function = API
        answer = call.to(apis()["payments"].handle)
        self.recorder.function = NOBODY
        assert answer.status == 200, answer.body
        return dict(answer.body)
