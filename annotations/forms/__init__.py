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
    ConfirmForm,
    CopyForm,
    EnrolForm,
    GuidelinesForm,
    LogForm,
    PeriodForm,
    ReplyAnswerForm,
    ReplyForm,
    RulesForm,
    TakeBackForm,
    WithdrawForm,
)
from .earlier import EarlierChecksForm
from .evidence import AnnotationForm, CitationForm
from .fields import PartialDateField
from .people import (
    AccountForm,
    ComeInForm,
    Invited,
    InviteForm,
    SetUpForm,
    SignInForm,
    proposed_username,
)
from .planning import PlanForm
from .readers import AnswerForm, ReportForm, StatementForm
from .revision import AttachForm, LetGoForm, ReviseForm
from .saving import SaveFilterForm
from .signing_in import held
from .verdict import (
    AddedSources,
    AskAgainForm,
    CorrectForm,
    CorrectionForm,
    ReasonForm,
    SendBackForm,
    VerdictForm,
)

__all__ = [
    "AccountForm",
    "AddMarkForm",
    "AddedSources",
    "AnnotationForm",
    "AnswerForm",
    "AskAgainForm",
    "AskForm",
    "AttachForm",
    "ChosenForm",
    "CitationForm",
    "ClaimForm",
    "ComeInForm",
    "CommentForm",
    "ConfirmForm",
    "CopyForm",
    "CorrectForm",
    "CorrectionForm",
    "DescribeForm",
    "DuplicateForm",
    "EarlierChecksForm",
    "EnrolForm",
    "GuidelinesForm",
    "ImportForm",
    "InviteForm",
    "Invited",
    "LetGoForm",
    "LogForm",
    "OpenForm",
    "OriginalForm",
    "PartialDateField",
    "PeriodForm",
    "PlanForm",
    "ReasonForm",
    "RepeatsForm",
    "ReplyAnswerForm",
    "ReplyForm",
    "ReportForm",
    "ReviseForm",
    "RewordForm",
    "RulesForm",
    "SaveFilterForm",
    "SendBackForm",
    "SetAsideForm",
    "SetUpForm",
    "SignInForm",
    "Span",
    "StatementForm",
    "TakeBackForm",
    "TiesForm",
    "TriageForm",
    "VerdictForm",
    "WithdrawForm",
    "held",
    "proposed_username",
]
