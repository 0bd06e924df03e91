"""The forms of our ids, for all that comes from outside. Digits are ASCII: ``\\d`` would take Arabic ones too."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sozialakte.shared.id_forms import DOSSIER_ID

BatchId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}(d[0-9a-f]{8})?$")]
"""Content hash of the batch; with a suffix for a further upload of the same content."""
LetterId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}(d[0-9a-f]{8})?-[0-9]{4,6}-[0-9]{4,6}(-[0-9a-f]{8})?$")]
"""The batch and the first and last page in it; a suffix if people put its pages together. A document has the id of its
letter.
"""
DossierId = Annotated[str, Field(pattern=f"^{DOSSIER_ID.pattern}$")]
"""The same, where it comes from outside."""
StaffId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=64)]
"""The user name of a member of staff."""
NoticeId = Annotated[str, Field(pattern=r"^[0-9]{8}T[0-9]{9}Z_[A-Z]{2}-[0-9]{4}-[0-9]{5}_[a-z0-9-]{1,64}$")]
"""A notice of broken glass inside its inbox: when, which dossier, who."""
PersonId = Annotated[str, Field(pattern=r"^[A-Z]{1,3}-[0-9]{3,9}$")]
"""A person's number in the case system, for example ``P-000123``."""
InboxId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=64)]
"""A staff id, ``team-<team>`` or ``office``."""
HandoverId = Annotated[str, Field(pattern=r"^handover-[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{16}(-[0-9]{1,4})?$")]
"""The take-over of a case load; with a number for a further one of the same content."""
InvoiceId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
"""An invoice: a hash of the page it stands on, and of its code."""
RunId = Annotated[str, Field(pattern=r"^R[0-9]{8}-[0-9]{2}$")]
"""A payment run: its execution day and its number in that day."""
