"""Who people are, and how they stand to what they ask for: what `access` decides by."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """The groups of the staff pool."""

    MAILROOM = "mailroom"
    CASEWORKER = "caseworker"
    TEAMLEAD = "teamlead"
    ACCOUNTING = "accounting"
    PAYMENTRELEASE = "paymentrelease"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Relation(StrEnum):
    """How a member of staff stands to what they ask for; the closest one counts.

    To a dossier: ``RESPONSIBLE``, ``DEPUTY`` (named by the responsible person, or standing in today) or ``TEAM`` (the
    same team); ``OPEN_BUSINESS`` (an open invoice of this dossier, a letter claimed that may belong to it);
    ``BREAK_GLASS`` (asked for access in an emergency, which lasts). To a sealed one only ``NAMED``. ``FOREIGN`` is a
    dossier that is there, not sealed and not the viewer's business: it matters only to who asks for access. ``OFFICE``
    is one, not sealed, that nobody has: it matters only to who gives it to somebody.
    To an inbox or its owner: ``OWN``, ``TEAM`` (the team's or a colleague's), ``DEPUTY`` (of one who named the viewer)
    or ``OFFICE`` (nobody's and no team's).
    """

    RESPONSIBLE = "responsible"
    DEPUTY = "deputy"
    TEAM = "team"
    NAMED = "named"
    OPEN_BUSINESS = "open_business"
    BREAK_GLASS = "break_glass"
    FOREIGN = "foreign"
    OWN = "own"
    OFFICE = "office"
    NONE = "none"
