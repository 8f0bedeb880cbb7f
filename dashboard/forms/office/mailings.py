"""What an officer types for a message to teachers: whom it reaches, and its words in each language."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person, StaffRole
from backend.agencies.models import Agency, ReadyText, TextUse
from backend.mailings.models import Mailing, MailingAudience
from backend.mailings.search import CRITERIA
from backend.schools.models import School, SchoolType
from backend.vocabulary.codes import Subject, language_label
from backend.vocabulary.models import Language
from dashboard.forms.office.plain import PlainForm, VersionedForm

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def with_any(label: Any, choices: Any) -> list[tuple[str, Any]]:
    return [("", label), *choices]


class MailingForm(VersionedForm):
    """Fields of `CRITERIA`, and subject and text for each language."""

    audience = forms.ChoiceField(label=_("Kept filters"), required=False)
    role = forms.ChoiceField(
        label=_("What they do"), required=False, choices=with_any(_("Everybody"), StaffRole.choices)
    )
    region = forms.ChoiceField(label=_("Region of the school"), required=False)
    school_type = forms.ChoiceField(
        label=_("Type of school"), required=False, choices=with_any(_("All schools"), SchoolType.choices)
    )
    subject = forms.ChoiceField(
        label=_("Subject they teach"), required=False, choices=with_any(_("Any subject"), Subject.choices)
    )
    language = forms.ChoiceField(label=_("Language they speak"), required=False)
    projects = forms.ChoiceField(
        label=_("Projects"),
        required=False,
        choices=[("", _("With or without")), ("NONE", _("Never in a project")), ("OPEN", _("In an open project"))],
    )
    ambassadors = forms.BooleanField(label=_("Only ambassadors"), required=False)
    save_as = forms.CharField(label=_("Keep these filters as"), required=False, max_length=80)
    ready = forms.ChoiceField(label=_("Ready text"), required=False)

    def __init__(self, viewer: Person, agency: Agency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = list(MailingAudience.objects.visible_to(viewer).filter(agency=agency).order_by("name"))
        self.texts = list(ReadyText.objects.offered(viewer, TextUse.MESSAGE))
        self._offer("audience", _("None"), [(str(one.pk), one.name) for one in self.kept])
        self._offer("ready", _("None"), [(str(one.pk), f"{one.language.upper()}: {one.title}") for one in self.texts])
        self._offer("region", _("All regions"), [(name, name) for name in School.objects.regions_of(agency.country_id)])
        spoken = sorted((language_label(code), code) for code in Language.objects.values_list("pk", flat=True))
        self._offer("language", _("Any language"), [(code, label) for label, code in spoken])
        for code in LANGUAGES:
            self.fields[f"subject_{code}"] = forms.CharField(label=_("Subject"), required=False)
            self.fields[f"body_{code}"] = forms.CharField(
                label=_("Text"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 8})
            )

    def _offer(self, name: str, nothing: Any, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = with_any(nothing, choices)  # type: ignore[attr-defined]

    @classmethod
    def filled(cls, viewer: Person, agency: Agency, mailing: Mailing) -> "MailingForm":
        """With what a draft says already."""
        words = {f"{part}_{text.language}": getattr(text, part) for text in mailing.texts.all() for part in PARTS}
        return cls(viewer, agency, initial={**mailing.criteria, **words, "expected_version": mailing.version})

    @classmethod
    def taken(cls, viewer: Person, agency: Agency, typed: Any) -> "MailingForm":
        """With what was typed, and over it the kept filters and the ready text that were chosen."""
        form = cls(viewer, agency, typed)
        data = dict(typed.items())
        for kept in form.kept:
            if str(kept.pk) == data.get("audience"):
                data = {name: value for name, value in data.items() if name not in CRITERIA} | kept.criteria
        for text in form.texts:
            if str(text.pk) == data.get("ready"):
                data |= {f"subject_{text.language}": text.title, f"body_{text.language}": text.text}
        return cls(viewer, agency, initial=data)

    @property
    def filters(self) -> list[forms.BoundField]:
        return [self[name] for name in CRITERIA]

    @property
    def words_fields(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Each language by its own name, with its two fields."""
        named = [(code, get_language_info(code)["name_local"].capitalize()) for code in LANGUAGES]
        return [(name, self[f"subject_{code}"], self[f"body_{code}"]) for code, name in named]

    @property
    def criteria(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in CRITERIA}

    @property
    def words(self) -> dict[str, dict[str, str]]:
        return {code: {part: self.cleaned_data[f"{part}_{code}"] for part in PARTS} for code in LANGUAGES}


PARTS = ("subject", "body")


def told(criteria: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    """Filters in words; a language and a region have no list of their own here."""
    found = []
    for name, value in criteria.items():
        choices = dict(getattr(MailingForm.base_fields[name], "choices", ()))
        shown = language_label(value) if name == "language" else choices.get(value, value)
        found.append((MailingForm.base_fields[name].label, _("yes") if value is True else shown))
    return found


class SendForm(PlainForm):
    """Now, or when."""

    at = forms.DateTimeField(
        label=_("Or at"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        help_text=_("Your own hour. Leave it empty to send in ten minutes."),
    )
