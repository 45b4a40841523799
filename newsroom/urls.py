"""Every public address of the site, in one place."""

from django.contrib import admin
from django.urls import include, path

from newsroom import health, wellknown

urlpatterns = [
    path("admin/", admin.site.urls),
    path("binh-luan/", include("comments.urls")),
    path("robots.txt", wellknown.robots),
    path("manifest.webmanifest", wellknown.manifest, name="manifest"),
    path(".well-known/security.txt", wellknown.security),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", health.measured, name="metrics"),
    path("", include("articles.urls")),
]
handler400 = "newsroom.errors.bad_request"
handler403 = "newsroom.errors.forbidden"
handler404 = "newsroom.errors.not_found"
handler500 = "newsroom.errors.server_error"
