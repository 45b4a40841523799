"""Addresses of comments: threads, the form, a reader's own."""

from django.urls import URLPattern

app_name = "comments"
urlpatterns: list[URLPattern] = []
