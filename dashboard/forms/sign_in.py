"""Signing in."""

from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.core.guards import refusal


class CodeForm(forms.Form):
    """A code of the app, or a recovery code."""

    code = forms.CharField(label=_("Code"), max_length=40)


class SignInForm(forms.Form):
    """The name is kept when something is wrong, the password is not."""

    login = forms.CharField(label=_("E-mail address"), max_length=254)
    password = forms.CharField(label=_("Password"), strip=False, max_length=1000)
    person: Person | None = None

    def check(self, request: HttpRequest) -> bool:
        """Whether both go together; too many attempts are refused in a sentence of their own."""
        if not self.is_valid():
            return False
        try:
            self.person = authenticate(request, **self.cleaned_data)
            if self.person is None:
                raise refusal("sign_in_failed")
        except ValidationError as error:
            self.add_error(None, error)
        return self.person is not None
