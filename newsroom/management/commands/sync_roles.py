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
            known = permissions()
            for role in Role:
                group, _created = Group.objects.get_or_create(name=role.value)
                group.permissions.set([known[name] for name in PERMISSIONS[role]])
                holders = RoleGrant.objects.filter(role=role).values_list("user", flat=True)
                group.user_set.set(get_user_model().objects.filter(pk__in=holders))
        if options["verbosity"]:
            self.stdout.write(self.style.SUCCESS(f"{len(PERMISSIONS)} roles"))


def permissions() -> dict[str, Permission]:
    """Every permission by its name `app.codename`: a role that asks for one that is not there fails loudly."""
    found = Permission.objects.select_related("content_type")
    return {f"{permission.content_type.app_label}.{permission.codename}": permission for permission in found}
