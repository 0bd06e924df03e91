"""What an upload is: a batch to cut (with its plan), a repeated one, one that nobody can read, or one that waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sozialakte.intake.backfile.cut_dossiers import cut_dossiers
from sozialakte.intake.batch import Batch, BatchState, aside_id_for, batch_id_for
from sozialakte.intake.check_manifest import check, missing
from sozialakte.intake.cut_letters import lost_by_cutting
from sozialakte.intake.cut_rules import cut
from sozialakte.intake.files import IntakeFiles
from sozialakte.intake.local_upload import LocalUpload
from sozialakte.intake.manifest import ManifestRead, read_manifest
from sozialakte.intake.manifest_table import LARGEST
from sozialakte.intake.model import CutPlan, Lane, UnreadableFileError
from sozialakte.intake.pages.order import PageOrder
from sozialakte.intake.pdf.check import open_source
from sozialakte.intake.plan_cut import plan_cut
from sozialakte.intake.store import IntakeStore
from sozialakte.intake.upload_pairs import Arrival, UploadRules, manifests_of
from sozialakte.shared.reasons import Reason


@dataclass(frozen=True)
class _Verdict:
    """``pages`` of the file, as far as is known."""

    state: BatchState
    sha256: str
    pages: int = 0
    plan: CutPlan | None = None
    reason: Reason | None = None

    def batch_id(self, arrival: Arrival) -> str:
        """Only a batch that is cut takes its content's id: what was refused once may be readable one day."""
        cut = self.state is BatchState.RECEIVED
        return batch_id_for(self.sha256) if cut else aside_id_for(self.sha256, arrival.upload)


@dataclass(frozen=True)
class JudgeUpload:
    """The judgement with what it looks at."""

    store: IntakeStore
    files: IntakeFiles
    rules: UploadRules
    now: datetime

    def __call__(self, arrival: Arrival, beside: Sequence[Arrival], local: LocalUpload) -> Batch | None:
        """The batch as it is to be stored, or None if it is to wait for its manifest. Raises `UploadGoneError`."""
        manifest = self._manifest_of(arrival, beside)
        expected = self.rules.expects_manifest(arrival.upload)
        if manifest is None and expected and not self.rules.is_over(arrival, self.now):
            return None
        order = manifest.says.order if manifest and manifest.says else PageOrder.AS_READ
        verdict = self._verdict(arrival, local, order)
        batch = Batch(
            batch_id=verdict.batch_id(arrival),
            upload=arrival.upload,
            sha256=verdict.sha256,
            size=arrival.size,
            received_at=arrival.uploaded_at,
            since=self.now,
            state=verdict.state,
            pages_in=verdict.pages,
            plan=verdict.plan,
            reason=verdict.reason,
        )
        if manifest:
            return batch.checked(check(manifest, verdict.plan, verdict.pages, order))
        return batch.checked(missing(verdict.plan)) if expected else batch

    def _manifest_of(self, arrival: Arrival, beside: Sequence[Arrival]) -> ManifestRead | None:
        """The newest manifest that no other batch has taken."""
        for manifest in manifests_of(arrival, beside):
            if self.store.find_upload(manifest.upload) is None:
                content = self.files.read_upload(manifest.upload, LARGEST + 1)
                return read_manifest(manifest.upload, content, arrival.upload.key)
        return None

    def _verdict(self, arrival: Arrival, local: LocalUpload, order: PageOrder) -> _Verdict:
        if arrival.size > self.rules.largest:
            most = str(self.rules.largest // 10**6)
            return _Verdict(BatchState.REJECTED, "", reason=Reason("file.too_big", {"most": most}))
        sha256 = local.fetched.sha256
        first = self.store.find_batch(batch_id_for(sha256))
        if first:
            reason = Reason("file.duplicate", {"batch_id": first.batch_id})
            return _Verdict(BatchState.DUPLICATE, sha256, first.pages_found, reason=reason)
        try:
            rules = cut_dossiers if arrival.upload.lane is Lane.BACKFILE else cut
            plan = plan_cut(local.pdf, order, rules=rules)
            with open_source(local.pdf) as source:
                lost_by_cutting(plan, source)  # what cannot be looked at later is refused now
        except UnreadableFileError as error:
            return _Verdict(BatchState.REJECTED, sha256, error.pages, reason=error.reason)
        return _Verdict(BatchState.RECEIVED, sha256, plan.pages_in, plan=plan)
