from backend.labels.models.applications import (
    EvidenceKind,
    LabelAnswer,
    LabelApplication,
    LabelAssessment,
    LabelEvidence,
    LabelMark,
    LabelState,
)
from backend.labels.models.awards import EuropeanLabel, LabelNomination, NationalLabel
from backend.labels.models.drafts import LabelDraft
from backend.labels.models.grids import LabelCriterion, LabelGrid, LabelPolicy

__all__ = [
    "EuropeanLabel", "EvidenceKind", "LabelAnswer", "LabelApplication", "LabelAssessment", "LabelCriterion", "LabelDraft",
    "LabelEvidence", "LabelGrid", "LabelMark", "LabelNomination", "LabelPolicy", "LabelState", "NationalLabel",
]  # fmt: skip
