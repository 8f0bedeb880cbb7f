"""The text of a project: its fields, how they are checked, and its versions."""

from collections.abc import Iterable
from typing import Any, cast

from django.db.models import CharField, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Person
from backend.core import fields
from backend.core.guards import ensure
from backend.core.models import change
from backend.core.text import fold, tidy, tidy_lines
from backend.projects.models import Project, ProjectVersion

TITLE_LIMIT = 160
LINES = ("summary", "aims", "process", "results", "tools")
VALUES = ("ages_from", "ages_to", "pupil_count", "starts_on", "ends_on", "erasmus_link")
LISTS = ("languages", "subjects", "competences")
NEEDED: dict[str, str | Promise] = {
    "summary": _("summary"),
    "aims": _("aims"),
    "languages": _("languages"),
    "subjects": _("subjects"),
    "ages_from": _("pupils' ages"),
}


def text_of(project: Project) -> dict[str, Any]:
    """The whole text, ready for JSON."""
    text: dict[str, Any] = {"title": project.title}
    text |= {field: getattr(project, field) for field in (*LINES, *VALUES)}
    text |= {field: text[field].isoformat() for field in ("starts_on", "ends_on") if text[field]}
    text |= {field: sorted(term.pk for term in getattr(project, field).all()) for field in LISTS}
    return text


def search_text_of(title: str, summary: str) -> str:
    """What searches compare words with."""
    return fold(f"{title} {summary}")


def terms_of(project: Project) -> dict[str, list[Any]]:
    """Its languages, subjects and competences, by one query."""
    fields_of = {name: cast(Any, Project._meta.get_field(name)) for name in LISTS}
    links = []
    for name, field in fields_of.items():
        rows = field.remote_field.through._default_manager.filter(project=project.pk)
        links.append(rows.values_list(Value(name, CharField()), f"{field.m2m_reverse_field_name()}_id"))
    found: dict[str, list[Any]] = {name: [] for name in LISTS}
    for name, code in sorted(links[0].union(*links[1:])):
        found[name].append(fields_of[name].related_model(code))
    return found


def checked(project: Project, typed: dict[str, Any]) -> dict[str, Any]:
    """What was typed, tidied; refuses what cannot be stored."""
    assert set(typed) <= {"title", *LINES, *VALUES, *LISTS}, f"not part of a project: {sorted(typed)}"
    clean = dict(typed)
    if "title" in clean:
        clean["title"] = tidy(clean["title"])
        fields.require(title=clean["title"])
        fields.limit(TITLE_LIMIT, title=clean["title"])
    for field in LINES:
        if field in clean:
            clean[field] = tidy_lines(clean[field])
            fields.limit(fields.TEXT_LIMIT, **{field: clean[field]})
    if clean.get("erasmus_link"):
        clean["erasmus_link"] = fields.web_address(erasmus_link=clean["erasmus_link"])
    now = {field: clean.get(field, getattr(project, field)) for field in VALUES}
    fields.check_ages(now["ages_from"], now["ages_to"])
    if now["starts_on"] and now["ends_on"]:
        ensure(now["starts_on"] <= now["ends_on"], "dates_reversed", field="ends_on")
    for field in LISTS:
        if field in clean:
            known = getattr(Project, field).rel.model.objects.values_list("pk", flat=True)
            fields.check_codes(field, clean[field], known)
    return clean


def write(project: Project, clean: dict[str, Any], *, author: Person) -> bool:
    """Store a checked text as a new version; False when nothing differs."""
    before = text_of(project)
    _set_lists(project, {field: clean[field] for field in LISTS if field in clean})
    said = {"title": project.title, "summary": project.summary, **clean}
    values = {field: value for field, value in clean.items() if field not in LISTS}
    change(project, **values, search_text=search_text_of(said["title"], said["summary"]))
    after = text_of(project)
    if after == before and project.versions.exists():
        return False
    number = project.version + 1 if project.versions.exists() else 1
    change(project, version=number)
    ProjectVersion.objects.create(project=project, number=number, author=author, text=after)
    return True


def missing(project: Project) -> list[str]:
    """The names of the fields that must be filled before the project can be sent."""
    text = text_of(project)
    return [str(label) for field, label in NEEDED.items() if not text[field]]


def _set_lists(project: Project, lists: dict[str, Iterable[str]]) -> None:
    for field, codes in lists.items():
        getattr(project, field).set(codes)
