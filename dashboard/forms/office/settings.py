"""What a lead settles: contact details, policies, officers, ready texts."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.agencies.actions.policies import MEGABYTES
from backend.agencies.models import Agency, OfficerRole, TextUse
from backend.agencies.permissions import is_central
from backend.schools.models import ApprovalPolicy, School
from dashboard.forms.office.plain import PlainForm, VersionedForm

REGIONAL = _("Only for regional delegates.")


def languages() -> list[tuple[str, str]]:
    """Each by its own name."""
    return [(code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES]


class OfficeForm(PlainForm):
    """Officers of the central service give a reason; the agency reads it."""

    reason = forms.CharField(
        label=_("Reason"), required=False, help_text=_("Needed: you act for an agency, which reads it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, viewer: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_central(viewer):
            del self.fields["reason"]

    def given(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields}


class ContactForm(VersionedForm, OfficeForm):
    name = forms.CharField(label=_("Name"), required=False, max_length=160)
    email = forms.CharField(label=_("E-mail address for questions"), required=False)
    web_site = forms.CharField(label=_("Web site"), required=False)
    field_order = ("name", "email", "web_site", "reason")


class PolicyForm(OfficeForm):
    target_working_days = forms.IntegerField(
        label=_("Working days to answer"),
        help_text=_("Monday to Friday; public holidays count too. Requests that wait keep the day they were given."),
    )
    project_approval = forms.ChoiceField(label=_("Approval of projects"), choices=ApprovalPolicy.choices)
    file_megabytes = forms.IntegerField(
        label=_("Megabytes of a file"),
        help_text=_("In a workspace the more generous of the founders’ countries counts, here and below."),
    )
    video_megabytes = forms.IntegerField(label=_("Megabytes of a video"))
    workspace_megabytes = forms.IntegerField(label=_("Megabytes of a workspace, all files together"))
    field_order = ("target_working_days", "project_approval", *MEGABYTES, "reason")


class LabelPolicyForm(OfficeForm):
    assessors = forms.TypedChoiceField(
        label=_("Assessors of a quality label"), coerce=int, choices=[(1, _("One")), (2, _("Two"))],
        help_text=_("Applications that came in before keep their number."),
    )  # fmt: skip
    target_working_days = forms.IntegerField(label=_("Working days to decide on a quality label"))
    field_order = ("assessors", "target_working_days", "reason")


class RoleForm(OfficeForm):
    """Another role, or other regions."""

    role = forms.ChoiceField(label=_("Role"), choices=OfficerRole.choices)
    regions = forms.MultipleChoiceField(
        label=_("Regions"), required=False, help_text=REGIONAL, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("given_name", "family_name", "email", "language", "role", "regions", "reason")

    def __init__(self, viewer: Person, regions: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(viewer, *args, **kwargs)
        self.fields["regions"].choices = [(name, name) for name in regions]  # type: ignore[attr-defined]
        if not regions:
            del self.fields["regions"]


class AppointForm(RoleForm):
    given_name = forms.CharField(label=_("Given name"), required=False, max_length=80)
    family_name = forms.CharField(label=_("Family name"), required=False, max_length=80)
    email = forms.CharField(label=_("E-mail address"), help_text=_("No teacher’s account. A letter goes there."))
    language = forms.ChoiceField(label=_("Language of letters"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages()  # type: ignore[attr-defined]


class DismissForm(PlainForm):
    reason = forms.CharField(
        label=_("Reason"), required=False, help_text=_("Needed. The officer reads it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class TextForm(VersionedForm):
    use = forms.ChoiceField(label=_("For"), choices=TextUse.choices)
    language = forms.ChoiceField(label=_("Language"))
    title = forms.CharField(label=_("Title"), required=False, help_text=_("Of a message to teachers its subject."))
    text = forms.CharField(label=_("Text"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 8}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages()  # type: ignore[attr-defined]


def regions_of(agency: Agency) -> list[str]:
    return School.objects.regions_of(agency.country_id) if agency.country_id else []
