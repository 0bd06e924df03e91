"""The base of all we take in and give out: what it must look like."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A pydantic model whose validator is built when it is first used.

    Building one takes up to a millisecond, an API function has fifty, and a request needs two of them.
    """

    model_config = ConfigDict(defer_build=True)
