"""A part of a page in the browser, as the routes give it."""

from __future__ import annotations

from pydantic import Field

from sozialakte.shared.model import Model


class PageView(Model):
    """A part of the page: its markup, every text in it escaped, and what a screen reader says of it."""

    html: str
    said: str = Field(description="one sentence, plain text")
