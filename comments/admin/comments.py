"""Where do the moderators' pages stand? All of them below the list of comments in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from articles.rights import grants_of
from comments import moderation
from comments.admin import clusters, deciding, desk, figures, one, pointers, writers
from comments.models import Comment


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):
    """The list is the desk; the page of a comment has its log and the notes about it."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return grants_of(request.user).anywhere(*moderation.ROLES)

    def has_view_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        grants = grants_of(request.user)
        return (
            grants.anywhere(*moderation.ROLES) if obj is None else moderation.may_moderate(grants, obj.thread.article)
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        return one.rows_of(request.user)

    def get_urls(self) -> list[URLPattern]:
        pages = {
            "quyet-dinh/": (deciding.decide_view, "decide"),
            "hoan-tac/": (deciding.undo_view, "undo"),
            "cum/": (clusters.clusters_view, "clusters"),
            "so-lieu/": (figures.figures_view, "figures"),
            "chi-loi/": (pointers.pointers_view, "pointers"),
            "chi-loi/cam-on/": (pointers.thank_view, "thank"),
            "chan/": (writers.blocks_view, "blocks"),
            "nguoi-viet/<int:writer_id>/": (writers.writer_view, "writer"),
            "nguoi-viet/<int:writer_id>/xu-ly/": (writers.measure_view, "measure"),
            "nguoi-viet/<int:writer_id>/ghi-chu/": (writers.note_view, "writer_note"),
            "nguoi-viet/<int:writer_id>/giu-theo-luat/": (writers.legal_view, "legal_hold"),
            "<int:comment_id>/ghi-chu/": (one.note_view, "note"),
            "<int:comment_id>/luot-thich/": (one.likes_view, "likes"),
            "<int:comment_id>/chuyen-bien-tap/": (pointers.point_view, "point"),
        }
        own = [
            path(route, self.admin_site.admin_view(view), name=f"comments_comment_{name}")
            for route, (view, name) in pages.items()
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return desk.desk_view(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        comment = self.get_object(request, object_id)
        if comment is None or not self.has_view_permission(request, comment) or request.method == "POST":
            return super().change_view(request, object_id, form_url, extra_context)
        return one.comment_view(request, comment)
