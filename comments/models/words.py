"""What are the states, reasons and deeds of comments called? Every list of words that the other nouns choose from."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NAME_LENGTH: Final = 60
BODY_MIN: Final = 2
BODY_MAX: Final = 2000
NOTE_LENGTH: Final = 300  # of a report, an appeal: a sentence or two


class State(models.TextChoices):
    """Where a comment stands: only visible ones are read by others."""

    PENDING = "pending", _("Waiting for a moderator")
    VISIBLE = "visible", _("Shown")
    REJECTED = "rejected", _("Rejected")
    SPAM = "spam", _("Spam")
    WITHDRAWN = "withdrawn", _("Withdrawn by its writer")
    ERASED = "erased", _("Erased")


class Reason(models.TextChoices):
    """Why a comment was turned down; its writer reads this."""

    INSULT = "insult", _("insulting or vulgar")
    HATE = "hate", _("stirs up hatred")
    FALSE = "false", _("untrue")
    PRIVATE = "private", _("reveals somebody's personal data")
    OFF_TOPIC = "off-topic", _("off the subject")
    ADVERTISING = "advertising", _("advertising")
    REPEATED = "repeated", _("says the same again")
    UNLAWFUL = "unlawful", _("against the law")
    SPAM = "spam", _("spam")
    OTHER = "other", _("against the rules for comments")


class Complaint(models.TextChoices):
    """Why a reader reports a comment."""

    INSULT = "insult", _("insulting")
    FALSE = "false", _("untrue")
    ADVERTISING = "advertising", _("advertising")
    PRIVATE = "private", _("personal data")
    HATE = "hate", _("stirs up hatred")
    OFF_TOPIC = "off-topic", _("off the subject")
    UNLAWFUL = "unlawful", _("against the law")
    OTHER = "other", _("something else")


class Badge(models.TextChoices):
    """Who stands behind a comment, known from a sign-in and never from a name."""

    NONE = "", _("reader")
    STAFF = "staff", _("Newsroom")
    AUTHOR = "author", _("Author of the story")


class Verb(models.TextChoices):
    """Every deed that the log of the moderators keeps. Without an actor it was the reader's, or the rules'."""

    POST = "post", pgettext_lazy("decision", "sent")
    APPROVE = "approve", _("approved")
    REJECT = "reject", _("rejected")
    SPAM = "spam", _("marked as spam")
    RESTORE = "restore", _("put back into the queue")
    UNDO = "undo", _("undone")
    EDIT = "edit", _("changed by its writer")
    WITHDRAW = "withdraw", _("withdrawn by its writer")
    APPEAL = "appeal", _("a second look asked for")
    HIDE = "hide", _("hidden after reports")
    REOPEN = "reopen", _("brought back by reports")
    KEEP = "keep", _("kept, reports dismissed")
    FEATURE = "feature", _("featured")
    UNFEATURE = "unfeature", _("no longer featured")
    ERASE = "erase", _("erased")
    BAN = "ban", _("writer banned")
    HOLD_WRITER = "hold-writer", _("writer always checked first")
    TRUST = "trust", _("writer trusted")
    FREE = "free", _("writer as everybody")
