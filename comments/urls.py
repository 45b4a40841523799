"""Addresses of comments: threads, the form, a reader's own."""

from django.urls import path

from comments import views

app_name = "comments"
urlpatterns = [
    path("cua-toi/", views.mine, name="mine"),
    path("<int:article_id>/", views.thread, name="thread"),
    path("<int:article_id>/gui/", views.submit, name="submit"),
]
