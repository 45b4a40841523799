"""The log of deeds as an installed app: it owns one table that only grows."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "newsroom.lib.audit"
    label = "audit"
    verbose_name = _("Log")
