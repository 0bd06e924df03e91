"""Dossiers: what is filed where, whose inbox it reaches, who may see it. Other contexts use what is named here."""

from sozialakte.dossiers.inbox import InboxEntry
from sozialakte.dossiers.inbox_store import InboxStore
from sozialakte.dossiers.lead_counters import LeadTimes
from sozialakte.dossiers.messages import (
    DocumentChanged,
    DocumentFiled,
    FileDocument,
    FilingRefused,
    RebuildIndex,
    WithdrawFiling,
)
from sozialakte.dossiers.model import Document
from sozialakte.dossiers.publish_changes import document_changed
from sozialakte.dossiers.recount_inbox import RecountInbox
from sozialakte.dossiers.store import DossierStore

__all__ = [
    "Document",
    "DocumentChanged",
    "DocumentFiled",
    "DossierStore",
    "FileDocument",
    "FilingRefused",
    "InboxEntry",
    "InboxStore",
    "LeadTimes",
    "RebuildIndex",
    "RecountInbox",
    "WithdrawFiling",
    "document_changed",
]
