"""What an agency writes down about a school."""

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.schools.models import SchoolType
from dashboard.forms.office.plain import VersionedForm
from dashboard.forms.office.settings import OfficeForm


class SchoolForm(VersionedForm, OfficeForm):
    """Official details; the rest is kept by those who work there."""

    name = forms.CharField(label=_("Official name"), required=False)
    public_name = forms.CharField(label=_("Name in everyday use"), required=False)
    official_number = forms.CharField(label=_("Official number"), required=False)
    type = forms.ChoiceField(label=_("Type of school"), choices=SchoolType.choices)
    address = forms.CharField(label=_("Street"), required=False)
    postal_code = forms.CharField(label=_("Postal code"), required=False)
    town = forms.CharField(label=_("Town"), required=False)
    region = forms.CharField(label=_("Region"), required=False)
    principal_name = forms.CharField(label=_("Head of the school"), required=False)
    principal_email = forms.CharField(label=_("E-mail of the head"), required=False)
    field_order = (
        "name", "public_name", "official_number", "type", "address", "postal_code", "town", "region",
        "principal_name", "principal_email", "reason",
    )  # fmt: skip
