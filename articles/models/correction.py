"""What did the paper get wrong, and how is that said? "Thông tin cải chính, xin lỗi" (Luật Báo chí 2016, Điều 42)."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.lib.fields import NFCCharField, NFCTextField


class Correction(models.Model):
    """A correction with an apology in the form of the law: which work, where, when, what was false, what is right."""

    class Stage(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    article = models.ForeignKey(
        "articles.Article",
        models.PROTECT,
        verbose_name=_("story"),
        null=True,
        blank=True,
        related_name="corrections",
        help_text=_("Empty: the mistake was printed elsewhere."),
    )
    work_title = NFCCharField(_("title of the work"), max_length=200)
    section_name = NFCCharField(
        _("section or place"),
        max_length=120,
        help_text=_("Where it stood: “Thời sự”, or the number of a printed issue."),
    )
    false_on = models.DateField(_("day of the false information"))
    false_content = NFCTextField(_("what was wrong"), help_text=_("The false information as it was published."))
    corrected_content = NFCTextField(_("what is right"))
    apology = NFCTextField(_("apology"), help_text=_("Stands right after the correction."))
    basis = NFCCharField(
        _("document"),
        max_length=250,
        blank=True,
        help_text=_("Number, date and issuer of the conclusion it rests on."),
    )
    party = NFCCharField(_("party concerned"), max_length=200, blank=True)
    notified_at = models.DateTimeField(_("party notified at"), null=True, blank=True)
    notified_how = NFCCharField(
        _("notified how"), max_length=200, blank=True, help_text=_("Letter no., e-mail, call.")
    )
    received_at = models.DateTimeField(_("learnt of at"), default=timezone.now)
    due_at = models.DateTimeField(
        _("due at"), blank=True, help_text=_("Empty: the hours that the publication allows itself.")
    )
    stage = models.CharField(_("state"), max_length=10, choices=Stage.choices, default=Stage.DRAFT, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("published by"),
        null=True,
        editable=False,
        related_name="+",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("written by"), editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("correction and apology")
        verbose_name_plural = _("corrections and apologies")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(
                fields=["-published_at"], name="correction_newest", condition=models.Q(published_at__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stage="draft", published_at=None, published_by=None)
                | models.Q(stage="published", published_at__isnull=False, published_by__isnull=False),
                name="correction_published_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(due_at__gte=models.F("received_at")), name="correction_due_after_receipt"
            ),
        ]

    def __str__(self) -> str:
        return self.work_title

    def get_absolute_url(self) -> str:
        return reverse("correction", args=[self.pk])

    @property
    def is_published(self) -> bool:
        return self.stage == self.Stage.PUBLISHED

    @property
    def is_overdue(self) -> bool:
        """Not yet published although it is due: flagged in the admin."""
        return self.is_overdue_at(timezone.now())

    def is_overdue_at(self, now: datetime) -> bool:
        return not self.is_published and self.due_at is not None and self.due_at < now
