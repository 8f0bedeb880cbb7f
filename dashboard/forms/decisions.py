"""What an officer types when deciding."""

from django import forms
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


class DecisionForm(forms.Form):
    """One text for reason, question or comment; which of them it is, the button says."""

    text = forms.CharField(required=False, strip=False)
    side = forms.CharField(required=False, max_length=2)
    next = forms.CharField(required=False)

    def way_back(self, request: HttpRequest, otherwise: str) -> str:
        """Where the officer came from, if that is a page of ours."""
        wanted = str(self.data.get("next", ""))
        return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else otherwise
