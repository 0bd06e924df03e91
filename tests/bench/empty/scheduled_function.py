"""The least that a scheduled function imports: Powertools' logger, one model."""

from __future__ import annotations

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import BaseModel


class Done(BaseModel):
    """What was done."""

    letters: int = 0


logger = Logger()


def handler(event: dict[str, object], context: LambdaContext) -> None:
    """Log that there was nothing to do."""
    logger.info("done", extra={"asked": len(event), "request": context.aws_request_id, **Done().model_dump()})
