"""Runs ministack with IAM enforced. A plain script for the interpreter of `.venv-emulator`.

With ``AUTH=true`` policies that demand TLS hold too, so every request must look as if it had come through TLS
(``USE_SSL=1`` would break the Cognito authoriser). Nothing is put on ``PYTHONPATH``: functions inherit this
process's environment and must see only what their layers bring.
"""

from __future__ import annotations

import asyncio
import os

from hypercorn.asyncio import serve
from hypercorn.config import Config
from hypercorn.typing import ASGIReceiveCallable, ASGISendCallable, Scope
from ministack.app import app


async def as_if_through_tls(scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
    """Ministack's application, with the header a TLS proxy would add."""
    if scope["type"] == "http":
        scope["headers"] = [*scope["headers"], (b"x-forwarded-proto", b"https")]
    await app(scope, receive, send)


def main() -> None:
    """Serve on the loopback address until told to stop."""
    config = Config()
    config.bind = [f"127.0.0.1:{os.environ['GATEWAY_PORT']}"]
    config.loglevel = "WARNING"
    asyncio.run(serve(as_if_through_tls, config))


if __name__ == "__main__":
    main()
