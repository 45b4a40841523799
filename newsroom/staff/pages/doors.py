"""Which doors stand beside the one of signing in? A forgotten password, an invitation, a second factor: links by mail.

Whoever comes here is a stranger. No answer tells whether an address belongs to somebody.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import authenticate
from django.contrib.auth.views import PasswordResetConfirmView
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from newsroom.lib.audit.models import record
from newsroom.lib.http import client_address
from newsroom.lib.ratelimit import allow
from newsroom.staff import invitations, links, passwords, second_factor

HOUR = 3600  # seconds
ASKED_BY_ADDRESS, ASKED_FOR_PERSON = 10, 3  # an hour


class ForgottenForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
    )


def page(request: HttpRequest, template: str, title: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page of the doors, in the clothes of the page where one signs in."""
    shown = {**admin.site.each_context(request), "title": title, **context}
    return render(request, template, shown, status=status)


@never_cache
@csrf_protect
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for the address, and say the same whoever it belongs to."""
    form = ForgottenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not allow(f"forgotten:{client_address(request)}", ASKED_BY_ADDRESS, HOUR):
        form.add_error(None, _("Too many attempts. Please try again in an hour."))
        return page(request, "admin/staff/forgotten.html", _("Forgotten password"), status=429, form=form)
    if form.is_valid():
        email = form.cleaned_data["email"]
        if allow(f"forgotten:{email.lower()}", ASKED_FOR_PERSON, HOUR):
            passwords.offer_reset(email)
        return HttpResponseRedirect(reverse("admin:password_reset_sent"))
    return page(request, "admin/staff/forgotten.html", _("Forgotten password"), form=form)


@never_cache
def sent(request: HttpRequest) -> HttpResponse:
    return page(request, "admin/staff/sent.html", _("Look into your mail"))


@never_cache
def done(request: HttpRequest) -> HttpResponse:
    return page(request, "admin/staff/done.html", _("The password is set"))


class Door(PasswordResetConfirmView):
    """Django's page of a link from a mail: the link moves into the session, the password is typed twice."""

    template_name = "admin/staff/set_password.html"
    success_url = reverse_lazy("admin:password_reset_complete")
    title = gettext_lazy("Choose a new password")
    token_generator: links.Links = links.passwords

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {**admin.site.each_context(self.request), **super().get_context_data(**kwargs)}
        if not self.validlink:
            context["title"] = _("This link is no longer good")
        return {**context, "person": self.user if self.validlink else None}

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response = super().form_valid(form)
            passwords.settle(self.user, "password.reset", by=self.user)
        return response


class InvitationDoor(Door):
    """Where somebody who was invited chooses the first password; where it is asked for, a second factor comes next."""

    title = gettext_lazy("Welcome to the newsroom")
    token_generator = links.invitations

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                invitations.accept(self.user)
                response = super(Door, self).form_valid(form)
                enrolment = enrol(self.user) if settings.SECOND_FACTOR else None
        except invitations.Refused as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        return shown_once(self.request, enrolment) if enrolment else response


class PasswordForm(forms.Form):
    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )


@sensitive_post_parameters()
@never_cache
@csrf_protect
def second_factor_door(request: HttpRequest, uidb64: str, token: str) -> HttpResponse:
    """A new second factor for whoever has the mail and knows the password; the secrets are told once."""
    title = _("Set up your second factor")
    person: Any = Door().get_user(uidb64)
    if not links.second_factors.check_token(person, token):
        return page(request, "admin/staff/second_factor.html", _("This link is no longer good"), form=None)
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        name, password = person.get_username(), form.cleaned_data["password"]
        if authenticate(request, username=name, password=password) == person:
            enrolment = enrol(person)
            if enrolment:
                return shown_once(request, enrolment)
        form.add_error("password", _("This is not your password."))
    return page(request, "admin/staff/second_factor.html", title, form=form)


def enrol(person: Any) -> second_factor.Enrolment | None:
    """A second factor for the person; None for somebody who has one."""
    try:
        with transaction.atomic():
            record("second_factor.enrolled", by=person, about=person)
            return second_factor.enrol(person)
    except second_factor.AlreadyEnrolled:
        return None


def shown_once(request: HttpRequest, enrolment: second_factor.Enrolment) -> HttpResponse:
    return page(request, "admin/staff/second_factor_new.html", _("Your second factor"), enrolment=enrolment)
