"""What people fill in. A form gets instances and querysets, never the request."""

from .article import DescribeForm, ImportForm, OpenForm, OriginalForm, TiesForm, TriageForm
from .bulk import ChosenForm
from .claim import (
    AddMarkForm,
    ClaimForm,
    DuplicateForm,
    RepeatsForm,
    RewordForm,
    SetAsideForm,
    Span,
)
from .comment import CommentForm
from .desk import (
    AskForm,
    CopyForm,
    EnrolForm,
    GuidelinesForm,
    LogForm,
    ReplyAnswerForm,
    ReplyForm,
    RulesForm,
    TakeBackForm,
    WithdrawForm,
)
from .evidence import AnnotationForm, CitationForm
from .fields import PartialDateField
from .readers import AnswerForm, ReportForm, StatementForm
from .revision import AttachForm, LetGoForm, ReviseForm
from .signing_in import SignInAgainForm, held, own_address
from .verdict import (
    AskAgainForm,
    CorrectForm,
    CorrectionForm,
    ReasonForm,
    SendBackForm,
    VerdictForm,
)

__all__ = [
    "AddMarkForm",
    "AnnotationForm",
    "AnswerForm",
    "AskAgainForm",
    "AskForm",
    "AttachForm",
    "ChosenForm",
    "CitationForm",
    "ClaimForm",
    "CommentForm",
    "CopyForm",
    "CorrectForm",
    "CorrectionForm",
    "DescribeForm",
    "DuplicateForm",
    "EnrolForm",
    "GuidelinesForm",
    "ImportForm",
    "LetGoForm",
    "LogForm",
    "OpenForm",
    "OriginalForm",
    "PartialDateField",
    "ReasonForm",
    "RepeatsForm",
    "ReplyAnswerForm",
    "ReplyForm",
    "ReportForm",
    "ReviseForm",
    "RewordForm",
    "RulesForm",
    "SendBackForm",
    "SetAsideForm",
    "SignInAgainForm",
    "Span",
    "StatementForm",
    "TakeBackForm",
    "TiesForm",
    "TriageForm",
    "VerdictForm",
    "WithdrawForm",
    "held",
    "own_address",
]
