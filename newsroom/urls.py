"""Every public address of the site, in one place."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("binh-luan/", include("comments.urls")),
    path("", include("articles.urls")),
]
