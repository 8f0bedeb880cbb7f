from backend.moderation.models.help import HelpMessage, HelpRequest, HelpState, HelpTopic
from backend.moderation.models.reports import (
    SEVERE,
    Look,
    Report,
    ReportCategory,
    ReportOutcome,
    ReportReading,
    ReportState,
    SubjectKind,
)
from backend.moderation.models.sanctions import LOCKING, Appeal, AppealState, Sanction

__all__ = [
    "LOCKING", "SEVERE", "Appeal", "AppealState", "HelpMessage", "HelpRequest", "HelpState", "HelpTopic", "Look",
    "Report", "ReportCategory", "ReportOutcome", "ReportReading", "ReportState", "Sanction", "SubjectKind",
]  # fmt: skip
