"""Every route, every role, every relation, and no token: what the answer must be. The table is the rule to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

import pytest

from sozialakte.intake.letter import letter_id_of
from sozialakte.intake.store import IntakeStore
from sozialakte.shared.access import Action, Role
from tests.apis import apis
from tests.aws import AUDIT, INTAKE, rows
from tests.coding import RULE_ID
from tests.fresh_stage import set_up
from tests.http_calls import Answer, Call
from tests.invoice_calls import INVOICE_BODIES, WORK, furnish_invoices, invoice_asked, twin_asked
from tests.money_calls import MONEY_BODIES, MONEY_ID, furnish_money
from tests.office import (
    BATCH_ID,
    CLERK,
    COLLEAGUE,
    DEPUTY,
    DOSSIER,
    FILED,
    FILED_IN,
    FOREIGN,
    FORWARDED,
    IN_REVIEW,
    MISSING,
    NOBODYS,
    NOTE,
    NOTICE,
    OPENED,
    PERSON,
    REASON,
    RESPONSIBLE,
    SEALED,
    SISTER,
    STRANGER,
    TASK,
    TODAY,
    UNCLAIMED,
    furnish,
    furnish_access,
    handover_id,
    letter_in_review,
)
from tests.rule_calls import RULE_BODIES, furnish_rules
from tests.run_calls import RUN_BODIES, furnish_runs, run_asked

pytestmark = pytest.mark.usefixtures("aws")

# One line a route and relation, one column a role. ``missing`` asks for a dossier that does not exist, ``sealed`` is
# who is responsible for a sealed dossier and not named, ``nobodys`` a stranger asking for one nobody has.
# "stranger" is a group that is no role of ours; no token at all is 401 for every line.
TABLE = """
                                                 mailroom caseworker teamlead accounting paymentrelease auditor administrator stranger
GET  /intake/batches                                none        200 403 403 403 403 200 403 403
GET  /intake/batches/{batch_id}                     none        200 403 403 403 403 200 403 403
GET  /intake/review                                 none        200 403 403 403 403 403 403 403
GET  /intake/review/{letter_id}                     none        200 403 403 403 403 403 403 403
GET  /intake/desk                                   none        200 403 403 403 403 403 403 403
GET  /intake/desk/forwarded/{destination}           none        200 403 403 403 403 403 403 403
GET  /intake/desk/{letter_id}                       none        200 403 403 403 403 403 403 403
GET  /intake/forwarded                              none        200 403 403 403 403 403 403 403
POST /intake/letters/{letter_id}/assignment         none        202 403 403 403 403 403 403 403
POST /intake/letters/{letter_id}/forwarding         none        200 403 403 403 403 403 403 403
POST /intake/letters/{letter_id}/receipt            none        200 403 403 403 403 403 403 403
GET  /intake/letters/{letter_id}                    none        200 403 403 403 403 200 403 403
GET  /intake/letters/{letter_id}/pages/{page}/image none        200 403 403 403 403 403 403 403
POST /intake/letters/{letter_id}/claim              none        200 403 403 403 403 403 403 403
POST /intake/letters/{letter_id}/release            none        200 403 403 403 403 403 403 403
POST /intake/letters/{letter_id}/split              none        202 403 403 403 403 403 403 403
POST /intake/letters/{letter_id}/merge              none        202 403 403 403 403 403 403 403
POST /intake/letters/{letter_id}/blanks             none        202 403 403 403 403 403 403 403
POST /intake/letters/{letter_id}/turns              none        202 403 403 403 403 403 403 403
POST /intake/letters/{letter_id}/kind               none        200 403 403 403 403 403 403 403
POST /intake/letters/{letter_id}/rejection          none        200 403 403 403 403 403 403 403
POST /intake/letters/{letter_id}/rescan             none        200 403 403 403 403 403 403 403
POST /intake/letters/{letter_id}/undo               none        202 403 403 403 403 403 403 403
GET  /intake/rescans                                none        200 403 403 403 403 403 403 403
GET  /dossiers/inbox                                own         403 200 200 403 403 403 403 403
GET  /dossiers/inbox                                team        403 200 200 403 403 403 403 403
GET  /dossiers/inbox                                deputy      403 200 200 403 403 403 403 403
GET  /dossiers/inbox                                office      200 403 403 403 403 403 403 403
GET  /dossiers/inbox                                none        403 403 403 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents               responsible 403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents               deputy      403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents               team        403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents               named       403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents               break_glass 403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents               sealed      403 403 403 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents               nobodys     403 403 403 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents               none        403 403 403 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents               missing     403 403 403 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents/{document_id} responsible 403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents/{document_id} deputy      403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents/{document_id} team        403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents/{document_id} named       403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents/{document_id} break_glass 403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents/{document_id} sealed      403 403 403 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents/{document_id} nobodys     403 403 403 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents/{document_id} none        403 403 403 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents/{document_id} missing     403 403 403 403 403 403 403 403
GET  /partners/handover/open                        none        403 403 403 403 403 200 200 403
GET  /partners/handover/receipts/unusable           none        403 403 403 403 403 200 200 403
POST /access/dossiers/{dossier_id}/break-glass      responsible 403 409 409 403 403 403 403 403
POST /access/dossiers/{dossier_id}/break-glass      deputy      403 409 409 403 403 403 403 403
POST /access/dossiers/{dossier_id}/break-glass      team        403 409 409 403 403 403 403 403
POST /access/dossiers/{dossier_id}/break-glass      named       403 409 409 403 403 403 403 403
POST /access/dossiers/{dossier_id}/break-glass      break_glass 403 201 201 403 403 403 403 403
POST /access/dossiers/{dossier_id}/break-glass      sealed      403 403 403 403 403 403 403 403
POST /access/dossiers/{dossier_id}/break-glass      nobodys     403 201 201 403 403 403 403 403
POST /access/dossiers/{dossier_id}/break-glass      none        403 201 201 403 403 403 403 403
POST /access/dossiers/{dossier_id}/break-glass      missing     403 403 403 403 403 403 403 403
GET  /access/dossiers/{dossier_id}/seal             responsible 403 403 200 403 403 200 403 403
GET  /access/dossiers/{dossier_id}/seal             deputy      403 403 200 403 403 200 403 403
GET  /access/dossiers/{dossier_id}/seal             team        403 403 200 403 403 200 403 403
GET  /access/dossiers/{dossier_id}/seal             named       403 200 200 403 403 200 403 403
GET  /access/dossiers/{dossier_id}/seal             break_glass 403 403 403 403 403 200 403 403
GET  /access/dossiers/{dossier_id}/seal             sealed      403 403 403 403 403 200 403 403
GET  /access/dossiers/{dossier_id}/seal             nobodys     403 403 403 403 403 200 403 403
GET  /access/dossiers/{dossier_id}/seal             none        403 403 403 403 403 200 403 403
GET  /access/dossiers/{dossier_id}/seal             missing     403 403 403 403 403 404 403 403
POST /access/dossiers/{dossier_id}/seal             responsible 403 403 200 403 403 200 403 403
POST /access/dossiers/{dossier_id}/seal             deputy      403 403 200 403 403 200 403 403
POST /access/dossiers/{dossier_id}/seal             team        403 403 200 403 403 200 403 403
POST /access/dossiers/{dossier_id}/seal             named       403 403 200 403 403 200 403 403
POST /access/dossiers/{dossier_id}/seal             break_glass 403 403 403 403 403 200 403 403
POST /access/dossiers/{dossier_id}/seal             sealed      403 403 403 403 403 200 403 403
POST /access/dossiers/{dossier_id}/seal             nobodys     403 403 403 403 403 200 403 403
POST /access/dossiers/{dossier_id}/seal             none        403 403 403 403 403 200 403 403
POST /access/dossiers/{dossier_id}/seal             missing     403 403 403 403 403 404 403 403
POST /access/dossiers/{dossier_id}/unsealing        responsible 403 403 403 403 403 409 403 403
POST /access/dossiers/{dossier_id}/unsealing        deputy      403 403 403 403 403 409 403 403
POST /access/dossiers/{dossier_id}/unsealing        team        403 403 403 403 403 409 403 403
POST /access/dossiers/{dossier_id}/unsealing        named       403 403 200 403 403 200 403 403
POST /access/dossiers/{dossier_id}/unsealing        break_glass 403 403 403 403 403 409 403 403
POST /access/dossiers/{dossier_id}/unsealing        sealed      403 403 403 403 403 200 403 403
POST /access/dossiers/{dossier_id}/unsealing        nobodys     403 403 403 403 403 409 403 403
POST /access/dossiers/{dossier_id}/unsealing        none        403 403 403 403 403 409 403 403
POST /access/dossiers/{dossier_id}/unsealing        missing     403 403 403 403 403 409 403 403
GET  /audit/dossiers/{dossier_id}                   responsible 403 403 200 403 403 200 403 403
GET  /audit/dossiers/{dossier_id}                   deputy      403 403 200 403 403 200 403 403
GET  /audit/dossiers/{dossier_id}                   team        403 403 200 403 403 200 403 403
GET  /audit/dossiers/{dossier_id}                   named       403 403 200 403 403 200 403 403
GET  /audit/dossiers/{dossier_id}                   break_glass 403 403 403 403 403 200 403 403
GET  /audit/dossiers/{dossier_id}                   sealed      403 403 403 403 403 200 403 403
GET  /audit/dossiers/{dossier_id}                   nobodys     403 403 403 403 403 200 403 403
GET  /audit/dossiers/{dossier_id}                   none        403 403 403 403 403 200 403 403
GET  /audit/dossiers/{dossier_id}                   missing     403 403 403 403 403 200 403 403
GET  /audit/persons/{person_id}                     none        403 403 403 403 403 200 403 403
GET  /access/broken-glass                           own         403 200 200 403 403 403 403 403
GET  /access/broken-glass                           team        403 403 200 403 403 403 403 403
GET  /access/broken-glass                           deputy      403 200 200 403 403 403 403 403
GET  /access/broken-glass                           office      403 403 200 403 403 403 403 403
GET  /access/broken-glass                           none        403 403 403 403 403 403 403 403
POST /access/broken-glass/{notice_id}/receipt       own         403 200 200 403 403 403 403 403
POST /access/broken-glass/{notice_id}/receipt       team        403 403 200 403 403 403 403 403
POST /access/broken-glass/{notice_id}/receipt       deputy      403 200 200 403 403 403 403 403
POST /access/broken-glass/{notice_id}/receipt       office      403 403 200 403 403 403 403 403
POST /access/broken-glass/{notice_id}/receipt       none        403 403 403 403 403 403 403 403
GET  /register/dossiers/{dossier_id}                responsible 403 200 200 403 403 403 403 403
GET  /register/dossiers/{dossier_id}                deputy      403 200 200 403 403 403 403 403
GET  /register/dossiers/{dossier_id}                team        403 200 200 403 403 403 403 403
GET  /register/dossiers/{dossier_id}                named       403 200 200 403 403 403 403 403
GET  /register/dossiers/{dossier_id}                break_glass 403 200 200 403 403 403 403 403
GET  /register/dossiers/{dossier_id}                sealed      403 403 403 403 403 403 403 403
GET  /register/dossiers/{dossier_id}                nobodys     403 403 200 403 403 403 403 403
GET  /register/dossiers/{dossier_id}                none        403 403 403 403 403 403 403 403
GET  /register/dossiers/{dossier_id}                missing     403 403 403 403 403 403 403 403
GET  /register/dossiers/{dossier_id}/history        responsible 403 200 200 403 403 403 403 403
GET  /register/dossiers/{dossier_id}/history        deputy      403 200 200 403 403 403 403 403
GET  /register/dossiers/{dossier_id}/history        team        403 200 200 403 403 403 403 403
GET  /register/dossiers/{dossier_id}/history        named       403 200 200 403 403 403 403 403
GET  /register/dossiers/{dossier_id}/history        break_glass 403 200 200 403 403 403 403 403
GET  /register/dossiers/{dossier_id}/history        sealed      403 403 403 403 403 403 403 403
GET  /register/dossiers/{dossier_id}/history        nobodys     403 403 200 403 403 403 403 403
GET  /register/dossiers/{dossier_id}/history        none        403 403 403 403 403 403 403 403
GET  /register/dossiers/{dossier_id}/history        missing     403 403 403 403 403 403 403 403
POST /register/dossiers/{dossier_id}/closing        responsible 403 200 200 403 403 403 403 403
POST /register/dossiers/{dossier_id}/closing        deputy      403 200 200 403 403 403 403 403
POST /register/dossiers/{dossier_id}/closing        team        403 403 200 403 403 403 403 403
POST /register/dossiers/{dossier_id}/closing        named       403 200 200 403 403 403 403 403
POST /register/dossiers/{dossier_id}/closing        break_glass 403 403 403 403 403 403 403 403
POST /register/dossiers/{dossier_id}/closing        sealed      403 403 403 403 403 403 403 403
POST /register/dossiers/{dossier_id}/closing        nobodys     403 403 403 403 403 403 403 403
POST /register/dossiers/{dossier_id}/closing        none        403 403 403 403 403 403 403 403
POST /register/dossiers/{dossier_id}/closing        missing     403 403 403 403 403 403 403 403
POST /register/dossiers/{dossier_id}/reopening      responsible 403 200 200 403 403 403 403 403
POST /register/dossiers/{dossier_id}/reopening      deputy      403 200 200 403 403 403 403 403
POST /register/dossiers/{dossier_id}/reopening      team        403 403 200 403 403 403 403 403
POST /register/dossiers/{dossier_id}/reopening      named       403 200 200 403 403 403 403 403
POST /register/dossiers/{dossier_id}/reopening      break_glass 403 403 403 403 403 403 403 403
POST /register/dossiers/{dossier_id}/reopening      sealed      403 403 403 403 403 403 403 403
POST /register/dossiers/{dossier_id}/reopening      nobodys     403 403 403 403 403 403 403 403
POST /register/dossiers/{dossier_id}/reopening      none        403 403 403 403 403 403 403 403
POST /register/dossiers/{dossier_id}/reopening      missing     403 403 403 403 403 403 403 403
POST /register/dossiers/{dossier_id}/responsible    responsible 403 403 200 403 403 403 403 403
POST /register/dossiers/{dossier_id}/responsible    deputy      403 403 200 403 403 403 403 403
POST /register/dossiers/{dossier_id}/responsible    team        403 403 200 403 403 403 403 403
POST /register/dossiers/{dossier_id}/responsible    named       403 403 200 403 403 403 403 403
POST /register/dossiers/{dossier_id}/responsible    break_glass 403 403 403 403 403 403 403 403
POST /register/dossiers/{dossier_id}/responsible    sealed      403 403 403 403 403 403 403 403
POST /register/dossiers/{dossier_id}/responsible    nobodys     403 403 200 403 403 403 403 403
POST /register/dossiers/{dossier_id}/responsible    none        403 403 403 403 403 403 403 403
POST /register/dossiers/{dossier_id}/responsible    missing     403 403 403 403 403 403 403 403
GET  /register/staff/{staff_id}/absences            own         200 200 200 200 200 403 403 403
GET  /register/staff/{staff_id}/absences            team        403 200 200 403 403 403 403 403
GET  /register/staff/{staff_id}/absences            deputy      403 200 200 403 403 403 403 403
GET  /register/staff/{staff_id}/absences            none        403 403 403 403 403 403 403 403
POST /register/staff/{staff_id}/absences            own         200 200 200 200 200 403 403 403
POST /register/staff/{staff_id}/absences            team        403 403 200 403 403 403 403 403
POST /register/staff/{staff_id}/absences            deputy      403 403 403 403 403 403 403 403
POST /register/staff/{staff_id}/absences            none        403 403 403 403 403 403 403 403
POST /register/staff/{staff_id}/absences/withdrawal own         200 200 200 200 200 403 403 403
POST /register/staff/{staff_id}/absences/withdrawal team        403 403 200 403 403 403 403 403
POST /register/staff/{staff_id}/absences/withdrawal deputy      403 403 403 403 403 403 403 403
POST /register/staff/{staff_id}/absences/withdrawal none        403 403 403 403 403 403 403 403
POST /register/staff/{staff_id}/handover            own         403 403 200 403 403 403 403 403
POST /register/staff/{staff_id}/handover            team        403 403 200 403 403 403 403 403
POST /register/staff/{staff_id}/handover            deputy      403 403 403 403 403 403 403 403
POST /register/staff/{staff_id}/handover            none        403 403 403 403 403 403 403 403
GET  /register/staff/{staff_id}/handovers           own         403 200 200 403 403 403 403 403
GET  /register/staff/{staff_id}/handovers           team        403 403 200 403 403 403 403 403
GET  /register/staff/{staff_id}/handovers           deputy      403 403 403 403 403 403 403 403
GET  /register/staff/{staff_id}/handovers           none        403 403 403 403 403 403 403 403
POST /register/handovers/{handover_id}/undo         own         403 403 200 403 403 403 403 403
POST /register/handovers/{handover_id}/undo         team        403 403 200 403 403 403 403 403
POST /register/handovers/{handover_id}/undo         deputy      403 403 403 403 403 403 403 403
POST /register/handovers/{handover_id}/undo         none        403 403 403 403 403 403 403 403
POST /register/handovers/{handover_id}/undo         missing     403 403 403 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents/{document_id} deputy      403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents/{document_id} team        403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents/{document_id} none        403 403 403 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents/{document_id} missing     403 403 403 403 403 403 403 403
GET  /dossiers/inbox/counts                         own         403 200 200 403 403 403 403 403
GET  /dossiers/inbox/counts                         office      200 403 403 403 403 403 403 403
GET  /dossiers/inbox/counts                         none        403 403 403 403 403 403 403 403
POST /dossiers/inbox/handover                       own         403 403 200 403 403 403 403 403
POST /dossiers/inbox/handover                       team        403 403 200 403 403 403 403 403
POST /dossiers/inbox/handover                       deputy      403 403 403 403 403 403 403 403
POST /dossiers/inbox/handover                       office      403 403 403 403 403 403 403 403
POST /dossiers/inbox/handover                       none        403 403 403 403 403 403 403 403
POST /dossiers/tasks/handover                       own         403 403 200 403 403 403 403 403
POST /dossiers/tasks/handover                       team        403 403 200 403 403 403 403 403
POST /dossiers/tasks/handover                       deputy      403 403 403 403 403 403 403 403
POST /dossiers/tasks/handover                       office      403 403 403 403 403 403 403 403
POST /dossiers/tasks/handover                       none        403 403 403 403 403 403 403 403
GET  /dossiers/leadtimes                            own         403 403 200 403 403 200 403 403
GET  /dossiers/leadtimes                            team        403 403 200 403 403 200 403 403
GET  /dossiers/leadtimes                            deputy      403 403 403 403 403 200 403 403
GET  /dossiers/leadtimes                            office      403 403 403 403 403 200 403 403
GET  /dossiers/leadtimes                            none        403 403 403 403 403 200 403 403
POST /dossiers/search                               none        403 200 200 403 403 403 403 403
GET  /dossiers/tasks                                none        403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/moves                   responsible 403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/moves                   deputy      403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/moves                   team        403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/moves                   named       403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/moves                   break_glass 403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/moves                   sealed      403 403 403 403 403 403 403 403
GET  /dossiers/{dossier_id}/moves                   nobodys     403 403 403 403 403 403 403 403
GET  /dossiers/{dossier_id}/moves                   none        403 403 403 403 403 403 403 403
GET  /dossiers/{dossier_id}/moves                   missing     403 403 403 403 403 403 403 403
GET  /dossiers/{dossier_id}/notes                   responsible 403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/notes                   deputy      403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/notes                   team        403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/notes                   named       403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/notes                   break_glass 403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/notes                   sealed      403 403 403 403 403 403 403 403
GET  /dossiers/{dossier_id}/notes                   nobodys     403 403 403 403 403 403 403 403
GET  /dossiers/{dossier_id}/notes                   none        403 403 403 403 403 403 403 403
GET  /dossiers/{dossier_id}/notes                   missing     403 403 403 403 403 403 403 403
GET  /dossiers/{dossier_id}/tasks                   responsible 403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/tasks                   deputy      403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/tasks                   team        403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/tasks                   named       403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/tasks                   break_glass 403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/tasks                   sealed      403 403 403 403 403 403 403 403
GET  /dossiers/{dossier_id}/tasks                   nobodys     403 403 403 403 403 403 403 403
GET  /dossiers/{dossier_id}/tasks                   none        403 403 403 403 403 403 403 403
GET  /dossiers/{dossier_id}/tasks                   missing     403 403 403 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents/{document_id}/notes responsible 403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents/{document_id}/notes deputy      403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents/{document_id}/notes team        403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents/{document_id}/notes named       403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents/{document_id}/notes break_glass 403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents/{document_id}/notes sealed      403 403 403 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents/{document_id}/notes nobodys     403 403 403 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents/{document_id}/notes none        403 403 403 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents/{document_id}/notes missing     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/search        responsible 403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/search        deputy      403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/search        team        403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/search        named       403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/search        break_glass 403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/search        sealed      403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/search        nobodys     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/search        none        403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/search        missing     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/fulltext      responsible 403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/fulltext      deputy      403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/fulltext      team        403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/fulltext      named       403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/fulltext      break_glass 403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/fulltext      sealed      403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/fulltext      nobodys     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/fulltext      none        403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/fulltext      missing     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/labels responsible 403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/labels deputy      403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/labels team        403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/labels named       403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/labels break_glass 403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/labels sealed      403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/labels nobodys     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/labels none        403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/labels missing     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/move responsible 403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/move deputy      403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/move team        403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/move named       403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/move break_glass 403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/move sealed      403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/move nobodys     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/move none        403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/move missing     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/completion responsible 403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/completion deputy      403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/completion team        403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/completion named       403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/completion break_glass 403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/completion sealed      403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/completion nobodys     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/completion none        403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/completion missing     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/reopening responsible 403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/reopening deputy      403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/reopening team        403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/reopening named       403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/reopening break_glass 403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/reopening sealed      403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/reopening nobodys     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/reopening none        403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/reopening missing     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/forwarding responsible 403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/forwarding deputy      403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/forwarding team        403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/forwarding named       403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/forwarding break_glass 403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/forwarding sealed      403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/forwarding nobodys     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/forwarding none        403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/forwarding missing     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/forwarding office      200 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/notes                   responsible 403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/notes                   deputy      403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/notes                   team        403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/notes                   named       403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/notes                   break_glass 403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/notes                   sealed      403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/notes                   nobodys     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/notes                   none        403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/notes                   missing     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/notes/{note_id}         responsible 403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/notes/{note_id}         deputy      403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/notes/{note_id}         team        403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/notes/{note_id}         named       403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/notes/{note_id}         break_glass 403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/notes/{note_id}         sealed      403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/notes/{note_id}         nobodys     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/notes/{note_id}         none        403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/notes/{note_id}         missing     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/notes responsible 403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/notes deputy      403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/notes team        403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/notes named       403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/notes break_glass 403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/notes sealed      403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/notes nobodys     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/notes none        403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/notes missing     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/notes/{note_id} responsible 403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/notes/{note_id} deputy      403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/notes/{note_id} team        403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/notes/{note_id} named       403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/notes/{note_id} break_glass 403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/notes/{note_id} sealed      403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/notes/{note_id} nobodys     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/notes/{note_id} none        403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/documents/{document_id}/notes/{note_id} missing     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks                   responsible 403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks                   deputy      403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks                   team        403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks                   named       403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks                   break_glass 403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks                   sealed      403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks                   nobodys     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks                   none        403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks                   missing     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/assignment responsible 403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/assignment deputy      403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/assignment team        403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/assignment named       403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/assignment break_glass 403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/assignment sealed      403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/assignment nobodys     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/assignment none        403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/assignment missing     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/completion responsible 403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/completion deputy      403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/completion team        403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/completion named       403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/completion break_glass 403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/completion sealed      403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/completion nobodys     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/completion none        403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/completion missing     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/content responsible 403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/content deputy      403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/content team        403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/content named       403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/content break_glass 403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/content sealed      403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/content nobodys     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/content none        403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/content missing     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/reopening responsible 403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/reopening deputy      403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/reopening team        403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/reopening named       403 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/reopening break_glass 403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/reopening sealed      403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/reopening nobodys     403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/reopening none        403 403 403 403 403 403 403 403
POST /dossiers/{dossier_id}/tasks/{task_id}/reopening missing     403 403 403 403 403 403 403 403
GET  /payments/work                                      team        403 200 200 403 403 403 403 403
GET  /payments/work                                      deputy      403 200 200 403 403 403 403 403
GET  /payments/work                                      own         403 403 200 403 403 403 403 403
GET  /payments/work                                      office      403 403 403 200 403 403 403 403
GET  /payments/work                                      none        403 403 403 403 403 403 403 403
GET  /payments/page                                      team        403 200 200 403 403 403 403 403
GET  /payments/page                                      deputy      403 200 200 403 403 403 403 403
GET  /payments/page                                      own         403 403 200 403 403 403 403 403
GET  /payments/page                                      office      403 403 403 200 403 403 403 403
GET  /payments/page                                      none        403 403 403 403 403 403 403 403
GET  /payments/page/{invoice_id}                         responsible 403 200 200 403 403 403 403 403
GET  /payments/page/{invoice_id}                         deputy      403 200 200 403 403 403 403 403
GET  /payments/page/{invoice_id}                         team        403 200 200 403 403 403 403 403
GET  /payments/page/{invoice_id}                         named       403 200 200 403 403 403 403 403
GET  /payments/page/{invoice_id}                         break_glass 403 200 200 200 403 403 403 403
GET  /payments/page/{invoice_id}                         sealed      403 403 403 403 403 403 403 403
GET  /payments/page/{invoice_id}                         nobodys     403 403 403 200 403 403 403 403
GET  /payments/page/{invoice_id}                         office      403 403 403 200 403 403 403 403
GET  /payments/page/{invoice_id}                         none        403 403 403 200 403 403 403 403
GET  /payments/page/{invoice_id}                         missing     403 403 403 403 403 403 403 403
GET  /payments/invoices                                  none        403 403 403 200 403 200 403 403
POST /payments/invoices                                  none        200 403 403 200 403 403 403 403
GET  /payments/overdue                                   none        403 403 403 200 403 200 403 403
GET  /payments/discounts                                 none        403 403 403 200 403 200 403 403
GET  /payments/creditors/{creditor_id}/invoices          none        403 403 403 200 403 200 403 403
GET  /payments/ledger                                    none        403 403 403 200 403 200 403 403
GET  /payments/ledger/creditors                          none        403 403 403 200 403 200 403 403
GET  /payments/ledger/dossiers                           none        403 403 403 200 403 200 403 403
GET  /payments/journal                                   none        403 403 403 200 403 200 403 403
GET  /payments/vouchers/unfiled                          none        403 403 403 200 403 200 403 403
GET  /payments/dossiers/{dossier_id}/account             responsible 403 200 200 200 403 200 403 403
GET  /payments/dossiers/{dossier_id}/account             deputy      403 200 200 200 403 200 403 403
GET  /payments/dossiers/{dossier_id}/account             team        403 200 200 200 403 200 403 403
GET  /payments/dossiers/{dossier_id}/account             named       403 200 200 403 403 200 403 403
GET  /payments/dossiers/{dossier_id}/account             break_glass 403 200 200 200 403 200 403 403
GET  /payments/dossiers/{dossier_id}/account             sealed      403 403 403 403 403 200 403 403
GET  /payments/dossiers/{dossier_id}/account             nobodys     403 403 403 200 403 200 403 403
GET  /payments/dossiers/{dossier_id}/account             none        403 403 403 200 403 200 403 403
GET  /payments/dossiers/{dossier_id}/account             missing     403 403 403 403 403 200 403 403
GET  /payments/dossiers/{dossier_id}/invoices            responsible 403 200 200 403 403 200 403 403
GET  /payments/dossiers/{dossier_id}/invoices            deputy      403 200 200 403 403 200 403 403
GET  /payments/dossiers/{dossier_id}/invoices            team        403 200 200 403 403 200 403 403
GET  /payments/dossiers/{dossier_id}/invoices            named       403 200 200 403 403 200 403 403
GET  /payments/dossiers/{dossier_id}/invoices            break_glass 403 200 200 403 403 200 403 403
GET  /payments/dossiers/{dossier_id}/invoices            sealed      403 403 403 403 403 200 403 403
GET  /payments/dossiers/{dossier_id}/invoices            nobodys     403 403 403 403 403 200 403 403
GET  /payments/dossiers/{dossier_id}/invoices            none        403 403 403 403 403 200 403 403
GET  /payments/dossiers/{dossier_id}/invoices            missing     403 403 403 403 403 200 403 403
GET  /payments/dossiers/{dossier_id}/claims              responsible 403 200 200 403 403 200 403 403
GET  /payments/dossiers/{dossier_id}/claims              deputy      403 200 200 403 403 200 403 403
GET  /payments/dossiers/{dossier_id}/claims              team        403 200 200 403 403 200 403 403
GET  /payments/dossiers/{dossier_id}/claims              named       403 200 200 403 403 200 403 403
GET  /payments/dossiers/{dossier_id}/claims              break_glass 403 200 200 403 403 200 403 403
GET  /payments/dossiers/{dossier_id}/claims              sealed      403 403 403 403 403 200 403 403
GET  /payments/dossiers/{dossier_id}/claims              nobodys     403 403 403 403 403 200 403 403
GET  /payments/dossiers/{dossier_id}/claims              none        403 403 403 403 403 200 403 403
GET  /payments/dossiers/{dossier_id}/claims              missing     403 403 403 403 403 200 403 403
GET  /payments/money                                     none        403 403 403 200 403 403 403 403
GET  /payments/money/ledger                              none        403 403 403 200 403 200 403 403
POST /payments/money/{money_id}/assignment          responsible 403 403 403 200 403 403 403 403
POST /payments/money/{money_id}/assignment          deputy      403 403 403 200 403 403 403 403
POST /payments/money/{money_id}/assignment          team        403 403 403 200 403 403 403 403
POST /payments/money/{money_id}/assignment          named       403 403 403 200 403 403 403 403
POST /payments/money/{money_id}/assignment          break_glass 403 403 403 200 403 403 403 403
POST /payments/money/{money_id}/assignment          sealed      403 403 403 403 403 403 403 403
POST /payments/money/{money_id}/assignment          nobodys     403 403 403 200 403 403 403 403
POST /payments/money/{money_id}/assignment          office      403 403 403 200 403 403 403 403
POST /payments/money/{money_id}/assignment          none        403 403 403 200 403 403 403 403
GET  /payments/bank/messages                        none        403 403 403 200 403 200 403 403
GET  /payments/bank/payments                        none        403 403 403 200 403 200 403 403
GET  /payments/bank/sums                            none        403 403 403 200 403 200 403 403
GET  /payments/invoices/{invoice_id}                     responsible 403 200 200 403 403 403 403 403
GET  /payments/invoices/{invoice_id}                     deputy      403 200 200 403 403 403 403 403
GET  /payments/invoices/{invoice_id}                     team        403 200 200 403 403 403 403 403
GET  /payments/invoices/{invoice_id}                     named       403 200 200 403 403 403 403 403
GET  /payments/invoices/{invoice_id}                     break_glass 403 200 200 200 403 403 403 403
GET  /payments/invoices/{invoice_id}                     sealed      403 403 403 403 403 403 403 403
GET  /payments/invoices/{invoice_id}                     nobodys     403 403 403 200 403 403 403 403
GET  /payments/invoices/{invoice_id}                     office      403 403 403 200 403 403 403 403
GET  /payments/invoices/{invoice_id}                     none        403 403 403 200 403 403 403 403
GET  /payments/invoices/{invoice_id}                     missing     403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/dossier             responsible 403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/dossier             deputy      403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/dossier             team        403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/dossier             named       403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/dossier             office      403 403 403 200 403 403 403 403
POST /payments/invoices/{invoice_id}/dossier             break_glass 403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/dossier             sealed      403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/dossier             nobodys     403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/dossier             none        403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/dossier             missing     403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/fields              responsible 403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/fields              deputy      403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/fields              team        403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/fields              named       403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/fields              office      403 403 403 200 403 403 403 403
POST /payments/invoices/{invoice_id}/fields              break_glass 403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/fields              sealed      403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/fields              nobodys     403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/fields              none        403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/fields              missing     403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/submission          responsible 403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/submission          deputy      403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/submission          team        403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/submission          named       403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/submission          office      403 403 403 409 403 403 403 403
POST /payments/invoices/{invoice_id}/submission          break_glass 403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/submission          sealed      403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/submission          nobodys     403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/submission          none        403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/submission          missing     403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/rejection           responsible 403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/rejection           deputy      403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/rejection           team        403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/rejection           named       403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/rejection           office      403 403 403 200 403 403 403 403
POST /payments/invoices/{invoice_id}/rejection           break_glass 403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/rejection           sealed      403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/rejection           nobodys     403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/rejection           none        403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/rejection           missing     403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/reopening           responsible 403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/reopening           deputy      403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/reopening           team        403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/reopening           named       403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/reopening           office      403 403 403 200 403 403 403 403
POST /payments/invoices/{invoice_id}/reopening           break_glass 403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/reopening           sealed      403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/reopening           nobodys     403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/reopening           none        403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/reopening           missing     403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/approval            responsible 403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/approval            deputy      403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/approval            team        403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/approval            named       403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/approval            office      403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/approval            break_glass 403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/approval            sealed      403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/approval            nobodys     403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/approval            none        403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/approval            missing     403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/return              responsible 403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/return              deputy      403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/return              team        403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/return              named       403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/return              office      403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/return              break_glass 403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/return              sealed      403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/return              nobodys     403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/return              none        403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/return              missing     403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/money-back          responsible 403 403 403 200 403 403 403 403
POST /payments/invoices/{invoice_id}/money-back          deputy      403 403 403 200 403 403 403 403
POST /payments/invoices/{invoice_id}/money-back          team        403 403 403 200 403 403 403 403
POST /payments/invoices/{invoice_id}/money-back          named       403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/money-back          office      403 403 403 200 403 403 403 403
POST /payments/invoices/{invoice_id}/money-back          break_glass 403 403 403 200 403 403 403 403
POST /payments/invoices/{invoice_id}/money-back          sealed      403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/money-back          nobodys     403 403 403 200 403 403 403 403
POST /payments/invoices/{invoice_id}/money-back          none        403 403 403 200 403 403 403 403
POST /payments/invoices/{invoice_id}/money-back          missing     403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/twins               responsible 403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/twins               deputy      403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/twins               team        403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/twins               named       403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/twins               office      403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/twins               break_glass 403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/twins               sealed      403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/twins               nobodys     403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/twins               none        403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/twins               missing     403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/iban                responsible 403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/iban                deputy      403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/iban                team        403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/iban                named       403 200 200 403 403 403 403 403
POST /payments/invoices/{invoice_id}/iban                office      403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/iban                break_glass 403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/iban                sealed      403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/iban                nobodys     403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/iban                none        403 403 403 403 403 403 403 403
POST /payments/invoices/{invoice_id}/iban                missing     403 403 403 403 403 403 403 403
GET  /payments/categories none        403 200 200 200 403 200 403 403
GET  /payments/invoices/{invoice_id}/proposal responsible 403 200 200 403 403 403 403 403
GET  /payments/invoices/{invoice_id}/proposal deputy      403 200 200 403 403 403 403 403
GET  /payments/invoices/{invoice_id}/proposal team        403 200 200 403 403 403 403 403
GET  /payments/invoices/{invoice_id}/proposal named       403 200 200 403 403 403 403 403
GET  /payments/invoices/{invoice_id}/proposal break_glass 403 200 200 200 403 403 403 403
GET  /payments/invoices/{invoice_id}/proposal sealed      403 403 403 403 403 403 403 403
GET  /payments/invoices/{invoice_id}/proposal nobodys     403 403 403 200 403 403 403 403
GET  /payments/invoices/{invoice_id}/proposal office      403 403 403 200 403 403 403 403
GET  /payments/invoices/{invoice_id}/proposal none        403 403 403 200 403 403 403 403
GET  /payments/invoices/{invoice_id}/proposal missing     403 403 403 403 403 403 403 403
GET  /payments/dossiers/{dossier_id}/rules responsible 403 200 200 403 403 403 403 403
GET  /payments/dossiers/{dossier_id}/rules deputy      403 200 200 403 403 403 403 403
GET  /payments/dossiers/{dossier_id}/rules team        403 200 200 403 403 403 403 403
GET  /payments/dossiers/{dossier_id}/rules named       403 200 200 403 403 403 403 403
GET  /payments/dossiers/{dossier_id}/rules break_glass 403 200 200 403 403 403 403 403
GET  /payments/dossiers/{dossier_id}/rules sealed      403 403 403 403 403 403 403 403
GET  /payments/dossiers/{dossier_id}/rules nobodys     403 403 403 403 403 403 403 403
GET  /payments/dossiers/{dossier_id}/rules none        403 403 403 403 403 403 403 403
GET  /payments/dossiers/{dossier_id}/rules missing     403 403 403 403 403 403 403 403
POST /payments/dossiers/{dossier_id}/rules responsible 403 200 200 403 403 403 403 403
POST /payments/dossiers/{dossier_id}/rules deputy      403 200 200 403 403 403 403 403
POST /payments/dossiers/{dossier_id}/rules team        403 200 200 403 403 403 403 403
POST /payments/dossiers/{dossier_id}/rules named       403 200 200 403 403 403 403 403
POST /payments/dossiers/{dossier_id}/rules break_glass 403 403 403 403 403 403 403 403
POST /payments/dossiers/{dossier_id}/rules sealed      403 403 403 403 403 403 403 403
POST /payments/dossiers/{dossier_id}/rules nobodys     403 403 403 403 403 403 403 403
POST /payments/dossiers/{dossier_id}/rules none        403 403 403 403 403 403 403 403
POST /payments/dossiers/{dossier_id}/rules missing     403 403 403 403 403 403 403 403
POST /payments/dossiers/{dossier_id}/rules/{rule_id}/approval responsible 403 200 200 403 403 403 403 403
POST /payments/dossiers/{dossier_id}/rules/{rule_id}/approval deputy      403 200 200 403 403 403 403 403
POST /payments/dossiers/{dossier_id}/rules/{rule_id}/approval team        403 200 200 403 403 403 403 403
POST /payments/dossiers/{dossier_id}/rules/{rule_id}/approval named       403 200 200 403 403 403 403 403
POST /payments/dossiers/{dossier_id}/rules/{rule_id}/approval break_glass 403 403 403 403 403 403 403 403
POST /payments/dossiers/{dossier_id}/rules/{rule_id}/approval sealed      403 403 403 403 403 403 403 403
POST /payments/dossiers/{dossier_id}/rules/{rule_id}/approval nobodys     403 403 403 403 403 403 403 403
POST /payments/dossiers/{dossier_id}/rules/{rule_id}/approval none        403 403 403 403 403 403 403 403
POST /payments/dossiers/{dossier_id}/rules/{rule_id}/approval missing     403 403 403 403 403 403 403 403
POST /payments/dossiers/{dossier_id}/rules/{rule_id}/ending responsible 403 200 200 403 403 403 403 403
POST /payments/dossiers/{dossier_id}/rules/{rule_id}/ending deputy      403 200 200 403 403 403 403 403
POST /payments/dossiers/{dossier_id}/rules/{rule_id}/ending team        403 200 200 403 403 403 403 403
POST /payments/dossiers/{dossier_id}/rules/{rule_id}/ending named       403 200 200 403 403 403 403 403
POST /payments/dossiers/{dossier_id}/rules/{rule_id}/ending break_glass 403 403 403 403 403 403 403 403
POST /payments/dossiers/{dossier_id}/rules/{rule_id}/ending sealed      403 403 403 403 403 403 403 403
POST /payments/dossiers/{dossier_id}/rules/{rule_id}/ending nobodys     403 403 403 403 403 403 403 403
POST /payments/dossiers/{dossier_id}/rules/{rule_id}/ending none        403 403 403 403 403 403 403 403
POST /payments/dossiers/{dossier_id}/rules/{rule_id}/ending missing     403 403 403 403 403 403 403 403
GET  /payments/books/bank                           none        403 403 403 200 403 200 403 403
GET  /payments/books/bank/{list_name}               none        403 403 403 200 403 200 403 403
GET  /payments/books/ledger                         none        403 403 403 200 403 200 403 403
GET  /payments/books/ledger/{list_name}             none        403 403 403 200 403 200 403 403
GET  /payments/books/money                          none        403 403 403 200 403 403 403 403
GET  /payments/books/money/{money_id}               none        403 403 403 200 403 403 403 403
GET  /payments/books/runs                           none        403 403 403 200 200 200 403 403
GET  /payments/books/runs/{run_id}                  none        403 403 403 200 200 200 403 403
GET  /payments/runs                                 none        403 403 403 200 200 200 403 403
GET  /payments/runs/{run_id}                        none        403 403 403 200 200 200 403 403
POST /payments/runs                                 none        403 403 403 200 200 403 403 403
POST /payments/runs/{run_id}/sample/{invoice_id}    responsible 403 403 403 200 403 403 403 403
POST /payments/runs/{run_id}/sample/{invoice_id}    deputy      403 403 403 200 403 403 403 403
POST /payments/runs/{run_id}/sample/{invoice_id}    team        403 403 403 200 403 403 403 403
POST /payments/runs/{run_id}/sample/{invoice_id}    named       403 200 200 403 403 403 403 403
POST /payments/runs/{run_id}/sample/{invoice_id}    break_glass 403 403 403 200 403 403 403 403
POST /payments/runs/{run_id}/sample/{invoice_id}    sealed      403 403 403 403 403 403 403 403
POST /payments/runs/{run_id}/sample/{invoice_id}    nobodys     403 403 403 200 403 403 403 403
POST /payments/runs/{run_id}/sample/{invoice_id}    office      403 403 403 200 403 403 403 403
POST /payments/runs/{run_id}/sample/{invoice_id}    none        403 403 403 200 403 403 403 403
POST /payments/runs/{run_id}/sample/{invoice_id}    missing     403 403 403 403 403 403 403 403
POST /payments/runs/{run_id}/release                none        403 403 403 403 200 403 403 403
POST /payments/runs/{run_id}/cancellation           none        403 403 403 200 200 403 403 403
"""  # noqa: E501 (a table is read across)

BODIES: Mapping[str, dict[str, object]] = MappingProxyType(
    {
        "POST /intake/letters/{letter_id}/assignment": {"dossier_id": DOSSIER, "version": 3},
        "POST /intake/letters/{letter_id}/forwarding": {"destination": "new_case", "version": 3},
        "POST /intake/letters/{letter_id}/receipt": {"version": 3},
        "POST /intake/letters/{letter_id}/split": {"first_pages": [2], "version": 3},
        "POST /intake/letters/{letter_id}/merge": {"others": [{"letter_id": FORWARDED, "version": 3}], "version": 3},
        "POST /intake/letters/{letter_id}/blanks": {"pages": [1], "version": 3},
        "POST /intake/letters/{letter_id}/turns": {"turns": [{"page": 1, "clockwise": 90}], "version": 3},
        "POST /intake/letters/{letter_id}/kind": {"kind": "bill", "version": 3},
        "POST /intake/letters/{letter_id}/rejection": {"reason": "duplicate", "version": 3},
        "POST /intake/letters/{letter_id}/rescan": {"reason": "cut_off", "version": 3},
        "POST /intake/letters/{letter_id}/undo": {"version": 3},
        "POST /access/dossiers/{dossier_id}/break-glass": {"reason": REASON},
        "POST /access/dossiers/{dossier_id}/seal": {"named": [CLERK], "reason": REASON},
        "POST /access/dossiers/{dossier_id}/unsealing": {"reason": REASON},
        "POST /register/dossiers/{dossier_id}/closing": {"day": TODAY, "reason": "Weggezogen", "version": 1},
        "POST /register/dossiers/{dossier_id}/reopening": {"day": TODAY, "reason": "Irrtum", "version": 1},
        "POST /register/dossiers/{dossier_id}/responsible": {
            "to": COLLEAGUE,
            "day": "2026-12-01",
            "reason": "Pensum",
            "version": 1,
        },
        "POST /register/staff/{staff_id}/absences": {"first_day": "2026-12-21", "last_day": "2027-01-03"},
        "POST /register/staff/{staff_id}/absences/withdrawal": {"first_day": "2026-12-21"},
        "POST /register/staff/{staff_id}/handover": {"to": DEPUTY, "day": "2026-12-01", "reason": "Austritt"},
        "POST /dossiers/search": {"name": "Niemand Nirgends"},
        "POST /dossiers/{dossier_id}/documents/search": {"register": "decisions"},
        "POST /dossiers/{dossier_id}/documents/fulltext": {"words": "Miete"},
        "POST /dossiers/{dossier_id}/documents/{document_id}/labels": {"version": 1, "kind": "bill"},
        "POST /dossiers/{dossier_id}/documents/{document_id}/move": {
            "version": 1,
            "to_dossier": SISTER,
            "reason": "Falsch abgelegt",
        },
        "POST /dossiers/{dossier_id}/documents/{document_id}/completion": {"version": 1},
        "POST /dossiers/{dossier_id}/documents/{document_id}/reopening": {"version": 1},
        "POST /dossiers/{dossier_id}/documents/{document_id}/forwarding": {"version": 1, "to": COLLEAGUE},
        "POST /dossiers/inbox/handover": {"to": COLLEAGUE},
        "POST /dossiers/tasks/handover": {"to": COLLEAGUE},
        "POST /dossiers/{dossier_id}/documents/{document_id}/notes": {"note_id": "1" * 32, "text": "Neu"},
        "POST /dossiers/{dossier_id}/documents/{document_id}/notes/{note_id}": {"version": 1, "text": "Anders"},
        "POST /dossiers/{dossier_id}/notes": {"note_id": "1" * 32, "text": "Neu"},
        "POST /dossiers/{dossier_id}/notes/{note_id}": {"version": 1, "text": "Anders"},
        "POST /dossiers/{dossier_id}/tasks": {
            "task_id": "1" * 32,
            "text": "Anrufen",
            "due": "2026-12-01",
            "assignee": RESPONSIBLE,
        },
        "POST /dossiers/{dossier_id}/tasks/{task_id}/assignment": {"version": 1, "assignee": COLLEAGUE},
        "POST /dossiers/{dossier_id}/tasks/{task_id}/completion": {"version": 1},
        "POST /dossiers/{dossier_id}/tasks/{task_id}/content": {"version": 1, "due": "2026-12-24"},
        "POST /dossiers/{dossier_id}/tasks/{task_id}/reopening": {"version": 1},
        **INVOICE_BODIES,
        **MONEY_BODIES,
        **RULE_BODIES,
        **RUN_BODIES,
    }
)
VERSIONED = ("/seal", "/unsealing")
RECEIVERS = ("to", "assignee")
"""Of a sealed dossier only those named can be given something to do."""
TO_DOSSIER = {
    "responsible": RESPONSIBLE,
    "deputy": DEPUTY,
    "team": COLLEAGUE,
    "named": STRANGER,
    "break_glass": STRANGER,
    "sealed": RESPONSIBLE,
    "nobodys": STRANGER,
    "none": STRANGER,
    "missing": RESPONSIBLE,
}
ASKED_DOSSIER = {"named": SEALED, "sealed": SEALED, "break_glass": OPENED, "nobodys": NOBODYS, "missing": MISSING}
BY_INBOX = (
    "/dossiers/inbox",
    "/dossiers/inbox/counts",
    "/dossiers/inbox/handover",
    "/dossiers/tasks/handover",
    "/dossiers/leadtimes",
    "/access/broken-glass",
    "/access/broken-glass/{notice_id}/receipt",
)
BY_STAFF = (*BY_INBOX, "/payments/work", "/payments/page")
TO_STAFF = {
    "own": RESPONSIBLE,
    "team": COLLEAGUE,
    "deputy": DEPUTY,
    "office": CLERK,
    "none": STRANGER,
    "missing": RESPONSIBLE,
}
LETTERS_OF = {"receipt": FORWARDED, "undo": FORWARDED, "split": letter_id_of("f" * 32, (4, 5))}
INBOX = {"own": RESPONSIBLE, "team": "team-nord", "deputy": RESPONSIBLE, "office": "office", "none": RESPONSIBLE}


def lines() -> Iterator[tuple[str, str, dict[str, int]]]:
    """Route, relation, and the expected status by role."""
    head, *body = (line for line in TABLE.splitlines() if line.strip())
    for line in body:
        method, path, relation, *statuses = line.split()
        yield f"{method} {path}", relation, dict(zip(head.split(), map(int, statuses), strict=True))


def call_of(route: str, relation: str, role: str) -> Call:
    """The request that tries a line of the table."""
    method, path = route.split()
    dossier = ASKED_DOSSIER.get(relation, DOSSIER)
    values = {
        "batch_id": BATCH_ID,
        "letter_id": LETTERS_OF.get(path.rsplit("/", 1)[-1], IN_REVIEW),
        "page": 1,
        "document_id": UNCLAIMED if relation == "office" else FILED_IN.get(dossier, FILED),
        "note_id": NOTE,
        "task_id": TASK,
        "dossier_id": dossier,
        "person_id": PERSON,
        "notice_id": NOTICE,
        "staff_id": RESPONSIBLE,
        "creditor_id": "c" * 16,
        "money_id": MONEY_ID,
        "list_name": "overdue" if "/ledger/" in path else "odd_payments",
        "rule_id": RULE_ID,
        "run_id": run_asked(path),
        "invoice_id": invoice_asked(path, relation),
        "destination": "new_case",
        "handover_id": f"handover-2026-12-01-{'0' * 16}" if relation == "missing" else handover_id(),
    }
    to_staff = path in BY_STAFF or "staff_id" in path or "handover_id" in path or relation == "office"
    staff = (TO_STAFF if to_staff else TO_DOSSIER)[relation]
    query: Mapping[str, str] | None = {"inbox": INBOX[relation]} if path in BY_INBOX else None
    query = {"destination": "new_case"} if path == "/intake/forwarded" else query
    query = {**query, "since": TODAY, "until": TODAY} if query and path == "/dossiers/leadtimes" else query
    query = WORK[relation] if path in {"/payments/work", "/payments/page"} else query
    query = {"state": "open"} if route == "GET /payments/invoices" else query
    query = {"month": "2026-11"} if path.startswith(("/payments/journal", "/payments/ledger/")) else query
    body = BODIES.get(route)
    if body and path.endswith("/twins"):
        body = {**body, "twin": twin_asked(relation)}
    if body and path.endswith("/dossier") and relation == "named":
        body = {**body, "dossier_id": SEALED}
    if body and dossier == SEALED:
        body = {
            name: STRANGER if name in RECEIVERS and path.startswith("/dossiers") else value
            for name, value in body.items()
        }
    if body and path.endswith(VERSIONED):
        body = {**body, "version": 1 if dossier == SEALED else 0}
    return Call(method, path.format(**values), staff, f"[{role}]", query, body, request_id=role)


@set_up
def add_letter_of_two_pages() -> None:
    """One that can be split."""
    long = replace(letter_in_review("f" * 32), letter_id=LETTERS_OF["split"], pages=(4, 5))
    IntakeStore(INTAKE).add_letter(long)


def send(call: Call) -> Answer:
    """To the function that serves the path."""
    return call.to(apis()[call.path.split("/")[1]].handle)


def test_every_declared_route_stands_in_the_table() -> None:
    declared = {f"{route.method} {route.path}" for api in apis().values() for route in api.routes}

    assert declared == {route for route, _, _ in lines()}


def test_no_route_gets_around_its_declaration() -> None:
    for context, api in apis().items():
        registered = {(route.method, route.openapi_path) for route in api.resolver._static_routes} | {  # noqa: SLF001
            (route.method, route.openapi_path)
            for route in api.resolver._dynamic_routes  # noqa: SLF001 (Powertools has no public list)
        }
        assert registered == {(route.method, route.path) for route in api.routes}
        assert all(route.path.split("/")[1] == context for route in api.routes)


def test_every_action_is_used_by_a_route() -> None:
    assert {route.guard.action for api in apis().values() for route in api.routes} == set(Action)


def test_every_route_about_a_dossier_is_tried_in_every_relation_to_one() -> None:
    tried = {(route, relation) for route, relation, _ in lines()}
    about_dossiers = {route for route, _ in tried if "{dossier_id}" in route}

    assert {(route, relation) for route in about_dossiers for relation in TO_DOSSIER} <= tried


def test_every_role_has_its_column() -> None:
    for _, _, statuses in lines():
        assert set(statuses) == {role.value for role in Role} | {"stranger"}


@pytest.mark.parametrize(("route", "relation", "statuses"), list(lines()), ids=lambda value: str(value)[:60])
def test_each_role_gets_the_answer_in_the_table_and_leaves_one_entry(
    route: str, relation: str, statuses: dict[str, int]
) -> None:
    furnish()
    furnish_access()
    add_letter_of_two_pages()
    furnish_invoices(route.split()[1], relation)
    if "{money_id}" in route:
        furnish_money(relation)
    furnish_rules()
    furnish_runs()

    answered = {role: send(call_of(route, relation, role)) for role in statuses}

    assert {role: answer.status for role, answer in answered.items()} == statuses
    written = Counter((str(entry["request_id"]), bool(entry["allowed"])) for entry in rows(AUDIT))
    assert written == {(role, status != 403): 1 for role, status in statuses.items()}


def test_without_a_token_nobody_gets_anything() -> None:
    furnish()

    for route, relation, _ in lines():
        answer = send(replace(call_of(route, relation, "mailroom"), staff=None))

        assert (answer.status, answer.problem) == (401, "unauthenticated")
        assert answer.headers["www-authenticate"] == "Bearer"
    assert rows(AUDIT) == []


@pytest.mark.parametrize("claim", [None, "", "[]", "[Mailroom]", "[mail room]", 7, ["mailroom-x"], {"mailroom": True}])
def test_groups_that_are_no_role_of_ours_give_nothing(claim: object) -> None:
    furnish()

    assert send(Call("GET", "/intake/review", groups=claim)).status == 403


@pytest.mark.parametrize("claim", ["[mailroom]", "mailroom", "[caseworker mailroom]", ["mailroom", "caseworker"]])
def test_roles_are_read_from_every_form_of_the_claim(claim: object) -> None:
    furnish()

    assert send(Call("GET", "/intake/review", groups=claim)).status == 200


def test_foreign_and_missing_dossiers_cannot_be_told_apart() -> None:
    furnish()
    foreign, missing = (
        send(Call("GET", f"/dossiers/{dossier_id}/documents", request_id="same")) for dossier_id in (FOREIGN, MISSING)
    )

    assert foreign.status == 403
    assert (foreign.status, foreign.body, foreign.headers) == (missing.status, missing.body, missing.headers)


def test_sealed_dossiers_look_missing_to_everybody_not_named_on_every_route() -> None:
    furnish()
    furnish_access()
    routes = {route for route, _, statuses in lines() if "{dossier_id}" in route and statuses["auditor"] == 403}

    for route in routes:
        call = call_of(route, "sealed", "teamlead")
        missing = replace(call, path=call.path.replace(SEALED, MISSING))
        sealed, unknown = send(call), send(missing)

        assert sealed.status == 403
        assert (sealed.status, sealed.body, sealed.headers) == (unknown.status, unknown.body, unknown.headers)
