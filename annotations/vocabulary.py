"""The fixed words of the system: statuses, kinds and choices. Imports nothing of ours.

Each word is explained in `docs/words.md`. Values are stored in the database and stand in
exports, so they never change; labels are for people and are translated.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(TextChoices):
    """What a member may do at a desk; `rights.py` says exactly what."""

    OBSERVER = "observer", _("Observer")
    CHECKER = "checker", _("Checker")
    EDITOR = "editor", _("Editor")
    MANAGER = "manager", _("Manager")


class Preset(TextChoices):
    """How a desk of a given size keeps its work independent; `models.desk.PRESETS` says how."""

    TWO = "two", _("Two people")
    THREE = "three", _("Three people")
    FOUR = "four", _("Four people or more")


class Tone(TextChoices):
    """How a rating looks: its colour, icon and underline. The CSS classes have these names."""

    TRUE = "true", _("True")
    MOSTLY = "mostly", _("Mostly true")
    CONTEXT = "context", _("Missing context")
    MISLEADING = "misleading", _("Misleading")
    FALSE = "false", _("False")
    UNPROVEN = "unproven", _("Unproven")
    UNCHECKABLE = "uncheckable", _("Not checkable")


class Safeguard(TextChoices):
    """What keeps work independent; a desk's policy may leave some out, and its log says which."""

    SECOND_ANNOTATION = "second_annotation", _("a second annotation, blind to the first")
    SEPARATE_DECIDER = "separate_decider", _("a decision by somebody who did not annotate")
    SEPARATE_APPROVER = "separate_approver", _("an approval by somebody who did not decide")


class Demand(TextChoices):
    """How firmly a desk asks for something before it publishes."""

    OFF = "off", _("Not asked for")
    WARN = "warn", _("Missing: warn")
    BLOCK = "block", _("Missing: do not publish")


class Hold(TextChoices):
    """What an open comment does to the publication of its claim."""

    NOTHING = "", _("Nothing waits for it")
    WARN = "warn", _("Warn who publishes while it is open")
    BLOCK = "block", _("Publish only once it is resolved")


class PeopleShown(TextChoices):
    """What readers are told of who checked: editions pin it as it was chosen then."""

    NAMES = "names", _("Their names")
    ROLES = "roles", _("Their roles, without names")


class ArticleStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Priority(TextChoices):
    """How soon a desk wants an article checked, beside the day it is due."""

    HIGH = "high", _("First")
    NORMAL = "", _("In turn")
    LOW = "low", _("When there is time")


class BoardSort(TextChoices):
    """In which order a desk's board stands; what is not published yet, but for the newest."""

    NEWEST = "", _("Newest first")
    DUE = "due", _("Due first")
    AGE = "age", _("Oldest first")
    PROGRESS = "progress", _("Most decided first")
    OWNER = "owner", _("By owner")
    OUTLET = "outlet", _("By outlet")


class PublicText(TextChoices):
    """How much of an article's own text readers may see."""

    EXCERPTS = "excerpts", _("Excerpts around the marks")
    FULL = "full", _("All of it: we have permission or a licence")
    LINK = "link", _("A link only")


class SentenceKind(TextChoices):
    """What triage asks of a sentence: all of the body is triaged, the rest where it says something.

    A row of a table is one, whole, whatever its cells hold.
    """

    HEADING = "heading", _("Heading")
    BODY = "body", _("Body")
    ROW = "row", _("Table row")


class Block(TextChoices):
    """How a sentence stood on its page, beside its kind. All are numbered and triaged alike."""

    PARAGRAPH = "", _("Paragraph")
    LIST_ITEM = "list_item", _("List item")
    QUOTE = "quote", _("Block quotation")
    CAPTION = "caption", _("Caption")


class Triage(TextChoices):
    """What a sentence is. The first three are ClaimBuster's NFS, UFS and CFS."""

    UNTRIAGED = "", _("Not triaged yet")
    CHECKWORTHY = "checkworthy", _("Check-worthy")
    UNIMPORTANT = "unimportant", _("Factual, unimportant")
    NOT_FACTUAL = "not_factual", _("No factual claim")
    OPINION = "opinion", _("Opinion or prediction")


class ClaimType(TextChoices):
    EVENT = "event", _("Event or property")
    NUMERICAL = "numerical", _("Numerical")
    QUOTATION = "quotation", _("Quotation: was it said?")
    CAUSAL = "causal", _("Causal")
    COMPARISON = "comparison", _("Comparison")
    POSITION = "position", _("Position or promise")


class ClaimStatus(TextChoices):
    """A claim's life. Only `workflow` writes it."""

    SPOTTED = "spotted", _("Marked")
    CHECKING = "checking", _("Checking")
    DECIDING = "deciding", _("Deciding")
    DECIDED = "decided", _("Decided")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    SET_ASIDE = "set_aside", _("Set aside")
    RETRACTED = "retracted", _("Retracted")


class SetAside(TextChoices):
    """Why a claim is not checked."""

    OPINION = "opinion", _("Opinion or prediction")
    NOT_CHECKABLE = "not_checkable", _("Cannot be checked")
    DUPLICATE = "duplicate", _("The same as another claim")
    GONE = "gone", _("No longer in the article")


class CameBy(TextChoices):
    """How a mark came to stand in its revision."""

    PLACED = "placed", _("A person marked it")
    SAME = "same", _("It stands where it stood")
    MOVED = "moved", _("It moved with its sentence")
    CONTEXT = "context", _("The sentence around it changed")
    ATTACHED = "attached", _("A person found its new place")


class OrphanOutcome(TextChoices):
    """What a person did about a mark that had no place in a new text."""

    OPEN = "", _("Nothing yet")
    ATTACHED = "attached", _("Placed again")
    GONE = "gone", _("No longer in the article")
    ASIDE = "aside", _("The claim is set aside")


class ClaimantKind(TextChoices):
    PERSON = "person", _("Person")
    ORGANISATION = "organisation", _("Organisation")
    OUTLET = "outlet", _("Outlet, in the article’s own voice")


class Task(TextChoices):
    """What a person is asked to do on a claim."""

    CHECK = "check", _("Check")
    DECIDE = "decide", _("Decide")
    APPROVE = "approve", _("Approve")


class Dealing(TextChoices):
    """Who checks which of an article's claims when checking opens."""

    ALL = "all", _("Each of these people checks every claim")
    DEALT = "dealt", _("The claims are dealt out evenly among these people")
    TAKEN = "taken", _("Nobody is asked: whoever has time takes them from the queue")


class AssignmentStatus(TextChoices):
    """An assignment's life. Only `workflow` writes it."""

    ASSIGNED = "assigned", _("Assigned")
    STARTED = "started", _("Started")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Expired")


class Confidence(TextChoices):
    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


class Stance(TextChoices):
    """What a cited passage does to the claim."""

    SUPPORTS = "supports", _("Supports the claim")
    CONTRADICTS = "contradicts", _("Contradicts the claim")
    CONTEXT = "context", _("Gives context")


class SourceKind(TextChoices):
    """What a source is, as a checker weighs it."""

    UNKNOWN = "", _("Not said")
    PRIMARY = "primary", _("Primary document")
    STATEMENT = "statement", _("Official statement")
    DATA = "data", _("Data set")
    RESEARCH = "research", _("Research")
    NEWS = "news", _("News report")
    EXPERT = "expert", _("Expert")
    EYEWITNESS = "eyewitness", _("Eyewitness")
    OWN = "own", _("Our own reporting")
    SOCIAL = "social", _("Social media post")


class IdentityAct(TextChoices):
    """What was done with the name of a confidential source."""

    KEEP = "keep", _("Wrote down who it is")
    SEE = "see", _("Looked at the name")
    CONFIDE = "confide", _("Let somebody see the name")
    END = "end", _("Ended that somebody may see the name")
    FORGET = "forget", _("Had the name forgotten")


class CaptureState(TextChoices):
    """What became of a page that is to be saved."""

    WAITING = "waiting", _("Waiting")
    SAVED = "saved", _("Saved")
    FAILED = "failed", _("Not saved")


class FileImportState(TextChoices):
    """What became of a file that the worker takes in."""

    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Taken in")
    STOPPED = "stopped", _("Stopped")
    REFUSED = "refused", _("Not taken in")


class StampState(TextChoices):
    """What became of a time stamp that is asked for."""

    WAITING = "waiting", _("Waiting")
    STAMPED = "stamped", _("Stamped")


class ArchiveService(TextChoices):
    """Who else saves the pages that readers are sent to, where a desk wants it."""

    INTERNET_ARCHIVE = "internet_archive", _("the Internet Archive")
    OWN = "own", _("the desk’s own archive")


class ArchiveState(TextChoices):
    """What became of an address that was to be saved by another service."""

    WAITING = "waiting", _("To be sent")
    ASKED = "asked", _("Sent")
    ANSWERED = "answered", _("Answered")
    FAILED = "failed", _("Not saved there")


class ChangeKind(TextChoices):
    """What became of a page on which a published verdict stands."""

    GONE = "gone", _("The page is gone")
    MOVED = "moved", _("The page moved")
    CHANGED = "changed", _("What was quoted stands there no more")
    RETRACTED = "retracted", _("It says that it was retracted")


class Channel(TextChoices):
    """How somebody was asked for a reply."""

    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Telephone")
    LETTER = "letter", _("Letter")
    IN_PERSON = "in_person", _("In person")
    OTHER = "other", _("Otherwise")


class Stands(TextChoices):
    """Whether what somebody answered to a criticism stands in the article that makes it."""

    OPEN = "", _("Not looked at yet")
    YES = "yes", _("Stands in the article")
    NO = "no", _("Does not stand in the article")


class AnswerWay(TextChoices):
    """How an answer to a request for a reply came in."""

    HAND = "hand", _("Noted by hand")
    MAIL = "mail", _("By mail")
    LINK = "link", _("By the link that was sent to them")


class StepKind(TextChoices):
    """What a person can undo on the workbench."""

    MARK = "mark", _("Mark")
    UNMARK = "unmark", _("Take a mark out")
    TRIAGE = "triage", _("Triage")


class Cause(TextChoices):
    """Why annotations of one claim differ, as the decider sees it."""

    AMBIGUOUS = "ambiguous", _("The claim is ambiguous")
    GUIDELINES = "guidelines", _("A gap in the guidelines")
    SOURCE = "source", _("A missing source")
    ERROR = "error", _("An error")


class CorrectionKind(TextChoices):
    """The public names of a change after publication (IFCN code, commitment 5)."""

    CORRECTION = "correction", _("Correction")
    CLARIFICATION = "clarification", _("Clarification")
    UPDATE = "update", _("Update")
    RETRACTION = "retraction", _("Retraction")


class Statement(TextChoices):
    """What a desk tells readers about itself (IFCN code of principles)."""

    METHODOLOGY = "methodology", _("How we check")
    RATINGS = "ratings", _("Our rating scale")
    CORRECTIONS = "corrections", _("Corrections policy")
    SOURCES = "sources", _("Sources policy")
    NONPARTISANSHIP = "nonpartisanship", _("Non-partisanship")
    FUNDING = "funding", _("Funding")
    STAFF = "staff", _("Who we are")


class Outcome(TextChoices):
    """What a desk made of a reader's report."""

    CORRECT = "correct", _("The reader is right: we correct it")
    STANDS = "stands", _("We looked again, and it stands")
    OTHER = "other", _("Not about what we published")
    SPAM = "spam", _("Spam")


class LetterKind(TextChoices):
    """What a mail is for."""

    ANSWER = "answer", _("Answer to a reader")
    ACCOUNT = "account", _("Account")
    NOTICES = "notices", _("Notices")
    DIGEST = "digest", _("Daily digest")
    REPLY = "reply", _("Right of reply")


class NoticeKind(TextChoices):
    """What a person is told of. The label is that of a choice: how do you want to hear of it?"""

    ASKED = "asked", _("You are asked to check, decide or approve")
    HANDED = "handed", _("An article is handed over to you")
    RETURNED = "returned", _("Your work is returned")
    MENTIONED = "mentioned", _("You are mentioned in a discussion")
    DUE = "due", _("Something you were asked for is due tomorrow")
    OVERDUE = "overdue", _("Something you were asked for, or asked of others, is overdue")
    GIVEN_UP = "given_up", _("Somebody you asked declined, or their time was over")
    ALL_IN = "all_in", _("All annotations of a claim that you asked for are in")
    APPROVED = "approved", _("A verdict you worked on is approved")
    PUBLISHED = "published", _("A check you worked on is published")
    CORRECTED = "corrected", _("A published check you worked on is corrected or taken back")
    REPORTED = "reported", _("A reader reports a mistake")
    ANSWERED = "answered", _("Somebody whom you asked for a reply answered")


class NoticeWay(TextChoices):
    """How a person hears of something."""

    AT_ONCE = "at_once", _("Here, and by mail at once")
    DAILY = "daily", _("Here, and in the daily mail")
    HERE = "here", _("Here only")
    OFF = "off", _("Not at all")


class MoveName(TextChoices):
    """What a line of the log says was done; `words.log` says it in a sentence."""

    IMPORT = "import", _("Add an article")
    IMPORT_CHECKS = "import checks", _("Bring in earlier checks by others")
    DESCRIBE = "describe", _("Change an article’s details")
    PLAN = "plan", _("Plan an article")
    OWN = "own", _("Hand over an article")
    REVISE = "revise", _("Save a new text")
    TRANSLATE = "translate", _("Tie a translation")
    UNTIE = "untie", _("Untie a translation")
    ALSO_IN = "also in", _("Name another language")
    TRIAGE = "triage", _("Triage")
    MARK = "mark", _("Mark")
    UNMARK = "unmark", _("Take a mark out")
    ORPHAN = "orphan", _("Lose a mark’s place")
    CONFIRM = "confirm", _("Confirm a mark")
    ATTACH = "attach", _("Place a mark again")
    LET_GO = "let go", _("Let a mark go")
    LOOK_AGAIN = "look again", _("Look for lost marks again")
    WORD = "word", _("Write the wording")
    REWORD = "reword", _("Change the wording")
    MERGE_CLAIMANTS = "merge claimants", _("Say that a claimant has another name")
    PART_CLAIMANTS = "part claimants", _("Part a name from a claimant")
    CHANGE_CLAIMANT = "change claimant", _("Change what is said of a claimant")
    SET_ASIDE = "set aside", pgettext_lazy("act", "Set aside")
    BRING_BACK = "bring back", _("Bring back")
    OPEN = "open", _("Open checking")
    ASSIGN = "assign", _("Ask somebody")
    EXTEND = "extend", _("Change the day")
    START = "start", _("Start")
    SUBMIT = "submit", _("Submit")
    RESUME = "resume", _("Take an annotation back")
    DECLINE = "decline", _("Decline")
    TAKE_BACK = "take back", _("Ask no longer")
    EXPIRE = "expire", _("Lapse")
    FULFIL = "fulfil", _("Do what was asked")
    RETURN = "return", _("Return an annotation")
    ASK_AGAIN = "ask again", _("Ask for another annotation")
    DISCLOSE = "disclose", _("Disclose")
    ADOPT = "adopt", _("Adopt")
    DECIDE = "decide", _("Decide")
    APPROVE = "approve", _("Approve")
    SEND_BACK = "send back", _("Send back")
    ASK_REPLY = "ask reply", _("Ask for a reply")
    REPLY = "reply", _("Keep a reply")
    REPLY_NOT_NEEDED = "reply not needed", _("Say that no reply is needed")
    REMIND_REPLY = "remind reply", _("Remind of a reply")
    WITHDRAW_REPLY = "withdraw reply", _("Withdraw a request for a reply")
    NOTE_CRITICISM = "note criticism", _("Note whom a claim criticises")
    DROP_CRITICISM = "drop criticism", _("Take back whom a claim criticises")
    LOOK_FOR_ANSWER = "look for answer", _("Say whether an answer stands in the article")
    SOURCE_CHANGED = "source changed", _("Find a source changed")
    JUDGE_CHANGE = "judge change", _("Say whether a changed source matters")
    ARCHIVE_AGAIN = "archive again", _("Have a page sent to an archive once more")
    WRITE_LETTER = "write letter", _("Write the letter that asks for a reply")
    PUBLISH = "publish", _("Publish")
    REOPEN = "reopen", _("Correct")
    PLAN_REVIEW = "plan review", _("Say when to look again")
    RETRACT = "retract", _("Retract")
    WITHDRAW = "withdraw", _("Withdraw")
    CONFIRM_TAKING_BACK = "confirm taking back", _("Confirm what was taken back")
    CHANGE_RULES = "change rules", _("Change the desk’s rules")
    WRITE_GUIDELINES = "write guidelines", _("Write the guidelines")
    WRITE_STATEMENT = "write statement", _("Write what readers are told of the desk")
    ERASE = "erase", _("Erase a person’s name")
    INVITE = "invite", _("Invite")
    UNINVITE = "uninvite", _("Take back an invitation")
    ENROL = "enrol", _("Enrol, or change a role")
    END_MEMBERSHIP = "end membership", _("End a membership")
