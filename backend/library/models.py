"""Entries of the library, and their texts in several languages."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import AGES, Person
from backend.core.models import Entity, EntityQuerySet
from backend.schools.models import Country
from backend.vocabulary.models import Language


class EntryKind(models.TextChoices):
    ARTICLE = "ARTICLE", _("Article")
    KIT = "KIT", _("Project kit")
    GOOD_PRACTICE = "GOOD_PRACTICE", _("Good practice")


class EntryState(models.TextChoices):
    DRAFT = "DRAFT", _("Draft")
    PUBLISHED = "PUBLISHED", _("Published")
    ARCHIVED = "ARCHIVED", _("Archived")


class LibraryEntryQuerySet(EntityQuerySet["LibraryEntry"]):
    def visible_to(self, viewer: Person | None) -> "LibraryEntryQuerySet":
        """What is published, for everybody; the rest for the agency it belongs to, and for the central service."""
        if viewer is not None and viewer.oversees.everywhere:
            return self.all()
        seen = Q(state=EntryState.PUBLISHED)
        return self.filter(seen | viewer.oversees.where("country") if viewer else seen)


class LibraryEntry(Entity):
    """Of a country's agency; of the central service without a country."""

    kind = models.CharField(max_length=20, choices=EntryKind.choices)
    state = models.CharField(max_length=10, choices=EntryState.choices, default=EntryState.DRAFT)
    slug = models.SlugField(max_length=80, unique=True)
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="+")
    original = models.ForeignKey(Language, models.PROTECT, related_name="+")
    subjects = models.ManyToManyField("vocabulary.Subject", blank=True, related_name="+")
    competences = models.ManyToManyField("vocabulary.Competence", blank=True, related_name="+")
    ages_from = models.PositiveSmallIntegerField(null=True, blank=True, validators=AGES)
    ages_to = models.PositiveSmallIntegerField(null=True, blank=True, validators=AGES)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = LibraryEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "library entries"
        indexes = (models.Index(fields=["state", "kind", "id"], name="library_list"),)
        constraints = (models.CheckConstraint(name="library_ages", condition=Q(ages_from__lte=F("ages_to"))),)

    def __str__(self) -> str:
        return self.slug

    def text_in(self, *languages: str) -> "LibraryText":
        """The text in the first of these languages there is, else in English, else the original."""
        return in_language(self.texts.all(), *languages, self.original_id)


def in_language(texts: "Iterable[LibraryText]", *languages: str) -> "LibraryText":
    """The first there is; English goes before the last one, which is the original."""
    known = {text.language_id: text for text in texts}
    return next(known[language] for language in (*languages[:-1], "en", languages[-1]) if language in known)


class LibraryTextQuerySet(EntityQuerySet["LibraryText"]):
    def visible_to(self, viewer: Person | None) -> "LibraryTextQuerySet":
        """Whoever sees the entry."""
        return self.filter(entry__in=LibraryEntry.objects.visible_to(viewer).values("pk"))


class LibraryText(Entity):
    """An entry in one language; a kit says besides what a project of it would say."""

    entry = models.ForeignKey(LibraryEntry, models.CASCADE, related_name="texts")
    language = models.ForeignKey(Language, models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    summary = models.TextField(blank=True)
    text = models.TextField(blank=True)
    aims = models.TextField(blank=True)
    process = models.TextField(blank=True)
    results = models.TextField(blank=True)
    tools = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    search_text = models.TextField(editable=False)

    objects = LibraryTextQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["entry", "language"], name="library_text_once"),)

    def __str__(self) -> str:
        return self.title
