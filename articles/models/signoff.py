"""Who vouches for which side of a story, and for exactly which text?"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.lib.fields import NFCTextField


class SignOffKind(models.TextChoices):
    """What is vouched for."""

    LEGAL = "legal", _("legal")
    PICTURES = "pictures", _("pictures")
    FACTS = "facts", _("facts")


class SignOff(models.Model):
    """A sign-off that was asked for or given. It stands for one text: it lapses by itself when that text changes."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="sign_offs")
    kind = models.CharField(_("kind"), max_length=10, choices=SignOffKind.choices)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    note = NFCTextField(_("note"), blank=True)
    revision = models.ForeignKey("articles.Revision", models.PROTECT, null=True, blank=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True)  # of the text that was signed (Revision.digest)

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(fields=["article", "kind"], name="signoff_article_kind"),
            models.CheckConstraint(condition=models.Q(kind__in=SignOffKind.values), name="signoff_kind"),
            models.CheckConstraint(
                condition=models.Q(signed_by=None, signed_at=None, revision=None, digest="")
                | models.Q(signed_by__isnull=False, signed_at__isnull=False, revision__isnull=False)
                & ~models.Q(digest=""),
                name="signoff_signature_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.kind}"
