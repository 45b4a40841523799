"""The moderators' desk for tests: Lan, who keeps the comments, her browser, and where its forms are."""

from django.urls import reverse

DESK = "/admin/comments/comment/"
DECIDE = DESK + "quyet-dinh/"
UNDO = DESK + "hoan-tac/"
IN_PLACE = {"HTTP_X_REQUESTED_WITH": "desk"}


def pairs(comments):
    return [f"{comment.pk}:{comment.version}" for comment in comments]


def page_of(comment):
    return reverse("admin:comments_comment_change", args=[comment.pk])


def shown(desk, **query):
    return desk.get(DESK, query).content.decode()
