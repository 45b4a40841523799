"""Who publishes the paper? The masthead and the legal lines that every page shows."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.lib.fields import NFCCharField, NFCTextField


class Publication(models.Model):
    """The paper's identity, one row. The press law asks for it on every page (Luật Báo chí 2016, Điều 46)."""

    name = NFCCharField(_("name"), max_length=120)
    tagline = NFCCharField(_("line under the name"), max_length=160, blank=True)
    tag = NFCCharField(_("agency tag"), max_length=20, help_text=_("Opens every lead: (NSHN) - …"))
    governing_body = NFCCharField(_("governing body"), max_length=200, blank=True)
    licence = NFCCharField(_("licence"), max_length=200, blank=True)
    licence_date = models.DateField(_("licence date"), null=True, blank=True)
    editor_in_chief = NFCCharField(_("editor-in-chief"), max_length=120, blank=True)
    address = NFCCharField(_("address"), max_length=250, blank=True)
    phone = NFCCharField(_("phone"), max_length=60, blank=True)
    hotline = NFCCharField(_("hotline"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    dateline_place = NFCCharField(_("place of the date line"), max_length=60, default="Hà Nội")
    copyright_note = NFCTextField(_("copyright note"), blank=True)
    four_eyes = models.BooleanField(
        _("four eyes"), default=True, help_text=_("Whoever changed the text last does not approve it.")
    )
    comments_open = models.BooleanField(
        _("comments are taken"), default=True, help_text=_("Switch off to close the comments of every story at once.")
    )
    correction_hours = models.PositiveSmallIntegerField(
        _("hours to publish a correction"),
        default=24,
        help_text=_("Counted from the moment when the newsroom learns of the mistake."),
    )

    # [name, address] of the pages linked at the foot of every page; written by catalogue with each of them
    foot_links = models.JSONField(default=list, editable=False)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publication")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="publication_single")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> Self:
        """The one publication; before the first set-up an unsaved one that names itself plainly."""
        return cls.objects.first() or cls(pk=1, name=str(_("Newspaper")), tag="")
