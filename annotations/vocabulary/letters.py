"""How people are asked, answered and told."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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


class ReportOutcome(TextChoices):
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
    LOST = "lost", _("Lost password")


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
