"""What an agency writes down about a school."""

from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.schools.models import School, SchoolType
from dashboard.forms.office.settings import OfficeForm


class SchoolForm(OfficeForm):
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
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = (
        "name", "public_name", "official_number", "type", "address", "postal_code", "town", "region",
        "principal_name", "principal_email", "reason",
    )  # fmt: skip

    @classmethod
    def filled(cls, viewer: Person, school: School) -> Self:
        names = {*cls.base_fields} - {"reason"}
        return cls(viewer, initial={name: getattr(school, name) for name in names})

    def given(self) -> dict[str, Any]:
        given = super().given()
        return {"expected_version": given.pop("version"), **given}
