"""Intake: from a scanned batch to identified letters. Other contexts use what is named here."""

from sozialakte.intake.kept_readings import KeptTexts

__all__ = ["KeptTexts"]
