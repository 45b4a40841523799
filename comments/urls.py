"""Addresses of comments: threads, the form, likes and reports, a reader's own, links from mails."""

from django.urls import path

from comments import views

app_name = "comments"
urlpatterns = [
    path("cua-toi/", views.mine, name="mine"),
    path("cua-toi/<int:comment_id>/sua/", views.edit, name="edit"),
    path("cua-toi/<int:comment_id>/rut/", views.withdraw, name="withdraw"),
    path("cua-toi/<int:comment_id>/xem-lai/", views.appeal, name="appeal"),
    path("du-lieu/", views.ask, name="ask"),
    path("du-lieu/<str:token>/", views.data, name="data"),
    path("xac-nhan/<str:token>/", views.confirm, name="confirm"),
    path("thoi-nhan-thu/<str:token>/", views.leave, name="leave"),
    path("<int:article_id>/", views.thread, name="thread"),
    path("<int:article_id>/moi/", views.news, name="news"),
    path("<int:article_id>/gui/", views.submit, name="submit"),
    path("<int:article_id>/thich/", views.like, name="like"),
    path("<int:article_id>/bao-cao/", views.report, name="report"),
]
