"""Who outside the house may see a story before readers do, who did, and what did they say to it?"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from newsroom.lib.fields import NFCCharField, NFCTextField

MOST_ANSWERS = 20
NAME_LENGTH = 80
ANSWER_LENGTH = 2000


class PreviewLink(models.Model):
    """A way to see one story without an account, until it expires, is revoked, or the text is published.

    The address is not kept: it is signed anew from key and nonce (`articles.previewing.token_of`), so that a copy of
    the database opens nothing.
    """

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="preview_links")
    revision = models.ForeignKey(
        "articles.Revision", models.PROTECT, verbose_name=_("version"), null=True, related_name="preview_links"
    )  # None: the working text, as it changes
    is_update = models.BooleanField(default=False)  # readers had the story already: this is what is to change
    nonce = models.CharField(max_length=32)
    note = NFCCharField(_("for whom"), max_length=200, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), related_name="+")
    created_at = models.DateTimeField(_("at"))
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answer_count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        indexes = [models.Index(fields=["article", "-created_at"], name="previewlink_article")]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="previewlink_lasts"),
            models.CheckConstraint(condition=Q(answer_count__lte=MOST_ANSWERS), name="previewlink_answers"),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="previewlink_revoked_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} #{self.pk}"


class PreviewOpening(models.Model):
    """The page of a link was opened; only the network of the address is kept. Rows are added, never changed."""

    link = models.ForeignKey(PreviewLink, models.CASCADE, related_name="openings")
    at = models.DateTimeField(_("at"))
    network = models.CharField(_("network"), max_length=49, blank=True)
    agent = models.CharField(_("browser"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("opening of a preview")
        verbose_name_plural = _("openings of previews")
        indexes = [models.Index(fields=["link", "-at"], name="previewopening_link")]

    def __str__(self) -> str:
        return f"{self.link_id} {self.at:%Y-%m-%d %H:%M:%S}"


class PreviewAnswer(models.Model):
    """What somebody who was sent a link says to the version they saw. Rows are added, never changed."""

    class Verdict(models.TextChoices):
        NOTE = "note", _("A remark")
        APPROVAL = "approval", _("I approve this text")

    link = models.ForeignKey(PreviewLink, models.CASCADE, related_name="answers")
    revision = models.ForeignKey("articles.Revision", models.PROTECT, related_name="preview_answers")
    name = NFCCharField(_("name"), max_length=NAME_LENGTH)
    verdict = models.CharField(_("answer"), max_length=10, choices=Verdict.choices)
    text = NFCTextField(_("remark"), max_length=ANSWER_LENGTH, blank=True)
    nonce = models.CharField(max_length=32, unique=True)  # a form sent twice is one answer
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("answer to a preview")
        verbose_name_plural = _("answers to previews")
        indexes = [models.Index(fields=["link", "at"], name="previewanswer_link")]
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=["note", "approval"]), name="previewanswer_verdict"),
            models.CheckConstraint(condition=Q(verdict="approval") | ~Q(text=""), name="previewanswer_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_verdict_display()}"
