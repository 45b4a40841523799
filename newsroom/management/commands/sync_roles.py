"""Write the groups that open pages of the admin, and put everybody into those of the roles they hold."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand
from django.db import transaction

from articles.models import Role, RoleGrant
from newsroom.roles import PERMISSIONS


class Command(BaseCommand):
    help = "Write the groups of the newsroom's roles and their members. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            for role in Role:
                group, _created = Group.objects.get_or_create(name=role.value)
                group.permissions.set([permission(name) for name in PERMISSIONS[role]])
                holders = RoleGrant.objects.filter(role=role).values_list("user", flat=True)
                group.user_set.set(get_user_model().objects.filter(pk__in=holders))
        if options["verbosity"]:
            self.stdout.write(self.style.SUCCESS(f"{len(PERMISSIONS)} roles"))


def permission(name: str) -> Permission:
    """The permission `app.codename`. Raises Permission.DoesNotExist where a role asks for one that is not there."""
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)
