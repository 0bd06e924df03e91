"""Dossiers: what is filed where, whose inbox it reaches, who may see it. Other contexts use what is named here."""

from sozialakte.dossiers.messages import DocumentFiled, FileDocument, FilingRefused, WithdrawFiling

__all__ = ["DocumentFiled", "FileDocument", "FilingRefused", "WithdrawFiling"]
