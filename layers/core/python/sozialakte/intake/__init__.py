"""Intake: from a scanned batch to identified letters. Other contexts use what is named here."""

from typing import TYPE_CHECKING

from sozialakte.shared.published import published

if TYPE_CHECKING:
    from sozialakte.intake.kept_readings import KeptTexts

__all__ = ["KeptTexts"]

__getattr__ = published(
    __name__,
    {
        "kept_readings": ("KeptTexts",),
    },
)
