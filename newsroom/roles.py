"""Which Django permissions does each role of the newsroom need to see its pages of the admin?

Permissions open pages; what may be done to a story or a comment is decided by role grants (`articles.rights`).
Groups are named after roles and written by `manage.py sync_roles`.
"""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, Permission
from django.db.models import QuerySet

from articles.models import Role, RoleGrant
from articles.rights import grants_of

STORIES = ["articles.view_article", "articles.add_article", "articles.change_article"]
LIBRARY = ["articles.view_image", "articles.add_image", "articles.change_image"]
NAMES = ["articles.view_author", "articles.view_section", "articles.view_tag"]
PAGES = [f"articles.{deed}_staticpage" for deed in ("view", "add", "change", "delete")]
TAGS = ["articles.add_tag", "articles.change_tag"]
AUTHORS = ["articles.add_author", "articles.change_author"]
TEMPLATES = [f"articles.{deed}_storytemplate" for deed in ("view", "add", "change", "delete")]
COMMENTS = ["comments.view_comment", "comments.change_comment"]

REPORTING = [*STORIES, *LIBRARY, *NAMES]
EDITING = [*REPORTING, "articles.delete_image", *TAGS, "articles.view_front"]
PUBLISHING = [*EDITING, *AUTHORS, *TEMPLATES, *COMMENTS, "articles.view_staticpage", "articles.change_staticpage"]

PERMISSIONS: dict[str, list[str]] = {
    Role.REPORTER: REPORTING,
    Role.EDITOR: EDITING,
    Role.PUBLISHER: PUBLISHING,
    Role.CHIEF: [*PUBLISHING, *PAGES, "articles.change_publication"],
    Role.MODERATOR: COMMENTS,
    Role.WITHDRAWER: [],  # lent to somebody who sees stories already
    Role.ADMINISTRATOR: [
        "auth.view_user",
        "auth.add_user",
        "auth.change_user",
        "articles.view_rolegrant",
        "articles.add_rolegrant",
        "articles.change_rolegrant",
        "articles.delete_rolegrant",
        *PAGES,
        "articles.view_publication",
        "articles.change_publication",
        *NAMES,
        "articles.add_section",
        "articles.change_section",
        *AUTHORS,
        *TAGS,
        "articles.delete_tag",
    ],
}


class RoleBackend(ModelBackend):
    """Permissions follow from the roles in force at this moment: a role that has ended opens nothing."""

    def _get_group_permissions(self, user_obj: Any) -> QuerySet[Permission]:
        roles = {role for role, _section in grants_of(user_obj).held}
        return Permission.objects.filter(group__name__in=roles)


def join_groups(user: Any) -> None:
    """Put the person into exactly the groups of the roles held, now or in time to come."""
    held = RoleGrant.objects.not_over().filter(user=user).values_list("role", flat=True)
    user.groups.set(Group.objects.filter(name__in=set(held)))
