"""Dossiers: what is filed where, whose inbox it reaches, who may see it. Other contexts use what is named here."""

from typing import TYPE_CHECKING

from sozialakte.shared.published import published

if TYPE_CHECKING:
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

__getattr__ = published(
    __name__,
    {
        "inbox": ("InboxEntry",),
        "inbox_store": ("InboxStore",),
        "lead_counters": ("LeadTimes",),
        "messages": (
            "DocumentChanged",
            "DocumentFiled",
            "FileDocument",
            "FilingRefused",
            "RebuildIndex",
            "WithdrawFiling",
        ),
        "model": ("Document",),
        "publish_changes": ("document_changed",),
        "recount_inbox": ("RecountInbox",),
        "store": ("DossierStore",),
    },
)
