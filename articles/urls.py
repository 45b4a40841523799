"""Addresses of the paper: fronts, stories, archive, search, feeds."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
