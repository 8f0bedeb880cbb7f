"""Tables whose primary key is the code, so that a link stores the code itself."""

from django.db import models

from backend.vocabulary import codes


class Term(models.Model):
    code = models.CharField(max_length=40, primary_key=True)

    class Meta:
        abstract = True
        ordering = ("code",)

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the active language."""
        raise NotImplementedError


class Subject(Term):
    @property
    def label(self) -> str:
        return str(codes.Subject(self.code).label)


class Language(Term):
    """ISO 639-1 code."""

    @property
    def label(self) -> str:
        return codes.language_label(self.code)


class Competence(Term):
    @property
    def label(self) -> str:
        return str(codes.Competence(self.code).label)
