"""The least that a function behind the HTTP API imports: Powertools' logger and resolver, one validated route."""

from __future__ import annotations

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import BaseModel


class Answer(BaseModel):
    """What the route answers."""

    letter_id: str


logger = Logger()
app = APIGatewayHttpResolver(enable_validation=True)


@app.get("/letters/<letter_id>")
def read_letter(letter_id: str) -> Answer:
    """Answer with the letter that was asked for."""
    return Answer(letter_id=letter_id)


def handler(event: dict[str, object], context: LambdaContext) -> dict[str, object]:
    """Answer one request."""
    return app.resolve(event, context)
