"""Routes: validation, access, audit and errors in one place, so that no route can leave one out.

    api = Api(audit=record_attempt)

    @api.get("/intake/batches/<batch_id>", Guard(Action.READ_BATCH, lambda asked: f"batch#{asked.text('batch_id')}"))
    def read_batch(batch_id: BatchId) -> BatchDetail: ...

    handler = api.handle

Order for every request: who asks (401); the form of the request (413, 415, 422); access decided and written to the
audit (503 if it cannot be written); refused (403); and only then the route.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import parse_qsl

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.middlewares import NextMiddleware
from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import BaseModel

from sozialakte.runtime.answers import early_answer, problem_response, with_headers
from sozialakte.runtime.failures import CENTRAL_PROBLEMS
from sozialakte.runtime.guards import Asked, Guard
from sozialakte.runtime.identity import UnauthenticatedError, staff_of
from sozialakte.runtime.logging import logger
from sozialakte.runtime.problems import ProblemError, field_problem, invalid_request
from sozialakte.runtime.requests import check_body, envelope_of
from sozialakte.shared.attempts import Attempt

RouteFunction = TypeVar("RouteFunction", bound=Callable[..., BaseModel])
DomainError = TypeVar("DomainError", bound=Exception)


@dataclass(frozen=True)
class Route:
    """A declared route; ``path`` as in OpenAPI (``/intake/batches/{batch_id}``)."""

    method: str
    path: str
    guard: Guard


@dataclass(frozen=True)
class Family:
    """Routes that are not loaded yet."""

    paths: re.Pattern[str]
    load: Callable[[], object]


class Api:
    """The routes of a context. ``audit`` records an attempt or raises `AttemptNotRecordedError`."""

    def __init__(self, audit: Callable[[Attempt], None]) -> None:
        # 500: an answer that does not fit its own model is our fault, not the caller's
        self.resolver = APIGatewayHttpResolver(
            enable_validation=True, response_validation_error_http_code=HTTPStatus.INTERNAL_SERVER_ERROR
        )
        self.routes: list[Route] = []
        self._audit = audit
        self._families: list[Family] = []
        for error, problem in CENTRAL_PROBLEMS.items():
            self.on(error, problem)

    def get(self, path: str, guard: Guard) -> Callable[[RouteFunction], RouteFunction]:
        """A route that reads. ``<name>`` in ``path`` is an argument of the function."""
        return self._route("GET", path, guard, HTTPStatus.OK)

    def post(
        self, path: str, guard: Guard, status: HTTPStatus = HTTPStatus.OK
    ) -> Callable[[RouteFunction], RouteFunction]:
        """A route that changes something; answers with ``status``."""
        return self._route("POST", path, guard, status)

    def later(self, paths: str, load: Callable[[], object]) -> None:
        """Routes that ``load`` adds with the first request to a path that matches ``paths``, a regular expression.

        A request needs the models of one family of routes, and a function that starts loads no others. Loading
        raises ``ValueError`` for a route to which ``paths`` does not lead.
        """
        self._families.append(Family(re.compile(paths), load))

    def load_all(self) -> Api:
        """Add the routes of all families now, to describe or check them."""
        self._load("")
        return self

    def on(self, error: type[DomainError], problem: Callable[[DomainError], ProblemError]) -> None:
        """How an error is answered; one for a base class answers its subclasses too."""

        def answer(raised: DomainError) -> Response[str]:
            return problem_response(problem(raised), self.asked.envelope.request_id)

        self.resolver.exception_handler(error)(answer)

    def handle(self, event: dict[str, object], context: LambdaContext) -> dict[str, object]:
        """Answer one request (HTTP API, payload 2.0)."""
        envelope = envelope_of(event)
        logger.bind(function_request_id=context.aws_request_id, request_id=envelope.request_id)
        try:
            staff = staff_of(event)
            check_body(event)
        except UnauthenticatedError:
            refused = ProblemError(HTTPStatus.UNAUTHORIZED, "unauthenticated")
            return with_headers(early_answer(refused, envelope.request_id))
        except ProblemError as error:
            return with_headers(early_answer(error, envelope.request_id))
        self._load(str(event["rawPath"]))
        self.resolver.context["asked"] = Asked(staff, envelope, {})
        return with_headers(self.resolver.resolve(event, context))

    @property
    def asked(self) -> Asked:
        """Who asks, when and for what; inside a route. The time is the gateway's: the same if delivered again."""
        asked = self.resolver.context["asked"]
        if not isinstance(asked, Asked):
            raise TypeError("there is no request")
        return asked

    def _load(self, path: str) -> None:
        """Add the families that the path belongs to; all if it is empty."""
        for family in [family for family in self._families if not path or family.paths.fullmatch(path)]:
            self._families.remove(family)
            known = len(self.routes)
            family.load()
            strays = [route.path for route in self.routes[known:] if not family.paths.fullmatch(route.path)]
            if strays:
                raise ValueError(f"{family.paths.pattern} does not lead to {', '.join(strays)}")

    def _route(
        self, method: str, path: str, guard: Guard, status: HTTPStatus
    ) -> Callable[[RouteFunction], RouteFunction]:
        self.routes.append(Route(method, path.replace("<", "{").replace(">", "}"), guard))

        def register(function: RouteFunction) -> RouteFunction:
            add = self.resolver.route(
                path,
                method,
                status_code=status,
                operation_id=function.__name__,
                summary=(function.__doc__ or "").partition("\n")[0],
                tags=[path.split("/")[1]],
                openapi_extensions={"x-action": guard.action.value},
                middlewares=[self._guarded(guard)],
            )
            return add(function)

        return register

    def _guarded(self, guard: Guard) -> Callable[[APIGatewayHttpResolver, NextMiddleware], Response[object]]:
        def middleware(app: APIGatewayHttpResolver, next_middleware: NextMiddleware) -> Response[object]:
            _refuse_unknown_parameters(app)
            asked = Asked(self.asked.staff, self.asked.envelope, app.context["_route_args"])
            app.context["asked"] = asked
            attempt = guard.attempt(asked)
            self._audit(attempt)
            if not attempt.decision.allowed:
                logger.warning("access_refused", action=attempt.decision.action, subject=attempt.subject)
                raise ProblemError(HTTPStatus.FORBIDDEN, "forbidden")
            return next_middleware(app)

        return middleware


def _refuse_unknown_parameters(app: APIGatewayHttpResolver) -> None:
    """A mistyped ``curser`` would silently give the first page again."""
    known = {parameter.alias for parameter in app.context["_route"].dependant.query_params}
    sent = {name for name, _ in parse_qsl(app.current_event.raw_query_string, keep_blank_values=True)}
    if unknown := sorted(sent - known):
        raise invalid_request([field_problem("query", name[:40], "extra_forbidden") for name in unknown])
