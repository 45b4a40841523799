"""Maintenance as an installed app: it owns a table of at most one row."""

from django.apps import AppConfig


class MaintenanceConfig(AppConfig):
    name = "newsroom.lib.maintenance"
    label = "maintenance"
