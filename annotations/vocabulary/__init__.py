"""The fixed words of the system: statuses, kinds and choices. Imports nothing of ours.

Each word is explained in `docs/words.md`. Values are stored in the database and stand in
exports, so they never change; labels are for people and are translated.
"""

from .articles import (
    ArticleStatus,
    BlockKind,
    CameBy,
    FileImportState,
    ListSort,
    OrphanOutcome,
    Priority,
    PublicText,
    SentenceKind,
    StepKind,
    Triage,
)
from .checks import AssignmentStatus, Confidence, Dealing, Task
from .claims import IN_WORK, Cause, ClaimantKind, ClaimStatus, ClaimType, CorrectionKind, SetAside
from .desks import Demand, Hold, PeopleShown, Preset, Role, Safeguard, StatementKind, Tone
from .evidence import (
    ArchiveService,
    ArchiveState,
    CaptureState,
    IdentityAct,
    PageChange,
    SourceKind,
    StampState,
    Stance,
)
from .letters import AnswerWay, Channel, LetterKind, NoticeKind, NoticeWay, ReportOutcome, Stands
from .log import MoveName

__all__ = [
    "IN_WORK",
    "AnswerWay",
    "ArchiveService",
    "ArchiveState",
    "ArticleStatus",
    "AssignmentStatus",
    "BlockKind",
    "CameBy",
    "CaptureState",
    "Cause",
    "Channel",
    "ClaimStatus",
    "ClaimType",
    "ClaimantKind",
    "Confidence",
    "CorrectionKind",
    "Dealing",
    "Demand",
    "FileImportState",
    "Hold",
    "IdentityAct",
    "LetterKind",
    "ListSort",
    "MoveName",
    "NoticeKind",
    "NoticeWay",
    "OrphanOutcome",
    "PageChange",
    "PeopleShown",
    "Preset",
    "Priority",
    "PublicText",
    "ReportOutcome",
    "Role",
    "Safeguard",
    "SentenceKind",
    "SetAside",
    "SourceKind",
    "StampState",
    "Stance",
    "Stands",
    "StatementKind",
    "StepKind",
    "Task",
    "Tone",
    "Triage",
]
