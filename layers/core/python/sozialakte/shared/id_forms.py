"""The forms of ids that stand in texts and on paper, for who needs no pydantic. Digits are ASCII."""

from __future__ import annotations

import re

DOSSIER_ID = re.compile(r"[A-Z]{2}-[0-9]{4}-[0-9]{5}")
"""A dossier's number in the case system, for example ``SH-2026-00123``."""
BOX_ID = re.compile(r"K-[0-9]{5}")
"""A box of paper dossiers, for example ``K-00042``."""
RESCAN_ID = re.compile(r"[0-9]{12}")
"""The number of an order for a new scan."""
