"""Letters that belong into no dossier: post for another office, applications for a job, people who are no clients yet.

Pure. In doubt a person decides: a code or number of ours in the letter, or a client who applies for a job.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sozialakte.intake.identifying.decide_dossier import Decision
from sozialakte.intake.identifying.evidence import Against, Evidence, Sort
from sozialakte.intake.letter import Destination
from sozialakte.intake.understanding.kinds import Kind
from sozialakte.intake.understanding.letter_contents import LetterContents
from sozialakte.intake.understanding.offices import Office, office_in
from sozialakte.intake.understanding.people_named import Part
from sozialakte.shared.reasons import Reason

_OURS = frozenset({Sort.OWN_CODE, Sort.COVER, Sort.DOSSIER_NUMBER})
_COPY = re.compile(r"(?i)\bkopie\b|\bz\. ?k\.|\bzur kenntnis\b|\bcc\b")
_MAY_BE_OURS = frozenset({Against.NUMBER_UNKNOWN})


def with_destination(decision: Decision, contents: LetterContents, evidence: Evidence, text: str) -> Decision:
    """The decision, or where the letter goes instead of into a dossier. ``text`` is the whole letter."""
    if evidence.objections or any(clue.sort in _OURS for clue in evidence.clues):
        return decision
    if contents.addressee.for_another_office and contents.addressee.reason:
        return _to_another_office(decision, contents, evidence, contents.addressee.reason, text)
    if contents.kind == Kind.JOB_APPLICATION:
        return _job_application(decision, evidence)
    if contents.kind == Kind.APPLICATION and _is_nobody(evidence):
        return _forwarded(decision, Destination.NEW_CASE, Reason("forward.new_case"))
    return decision


def _to_another_office(
    decision: Decision, contents: LetterContents, evidence: Evidence, addressed: Reason, text: str
) -> Decision:
    """Clients send us copies of what they write to courts and firms, and others copies of what concerns clients."""
    if evidence.clues and is_copy_for_us(text):
        return decision
    if any(named.part is Part.SENDER for named in contents.people) and _is_sure_of_somebody(evidence):
        reasons = (Reason("identify.client_writes_elsewhere"), addressed, *decision.reasons)
        return replace(decision, dossier_id=None, reasons=reasons, teaches=False)
    return _forwarded(decision, Destination.OTHER_OFFICE, addressed)


def is_copy_for_us(text: str) -> bool:
    """A line says that a copy is for the social service: "Kopie an: Soziale Dienste", "z. K. Sozialamt"."""
    lines = (line for line in text.splitlines() if _COPY.search(line))
    return any(office_in([line]) is Office.SOCIAL_SERVICE for line in lines)


def _is_sure_of_somebody(evidence: Evidence) -> bool:
    return any(clue.sort is not Sort.NAME for clue in evidence.clues)


def _job_application(decision: Decision, evidence: Evidence) -> Decision:
    if all(clue.sort is Sort.NAME for clue in evidence.clues):
        return _forwarded(decision, Destination.JOB_APPLICATIONS, Reason("forward.job_application"))
    reasons = (Reason("identify.client_applies_for_job"), *decision.reasons)
    return replace(decision, dossier_id=None, reasons=reasons, teaches=False)


def _is_nobody(evidence: Evidence) -> bool:
    return not evidence.clues and not any(doubt.against in _MAY_BE_OURS for doubt in evidence.doubts)


def _forwarded(decision: Decision, destination: Destination, reason: Reason) -> Decision:
    return replace(decision, dossier_id=None, destination=destination, reasons=(reason,), teaches=False)
