"""Forums: discussions, their threads, and posts."""

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models

from backend.workspaces.models.room import VERSIONS, Inside, InsideQuerySet


class Discussion(Inside):
    """A forum; administrators open it. One for staff is a board of the staff room."""

    title = models.CharField(max_length=160)
    description = models.TextField(blank=True)
    is_closed = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    versions = GenericRelation(**VERSIONS)

    objects = InsideQuerySet["Discussion"].as_manager()

    class Meta:
        indexes = (models.Index(fields=["workspace", "id"], name="discussion_room"),)

    def __str__(self) -> str:
        return self.title


class Thread(Inside):
    """Its audience is that of its discussion."""

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="threads")
    title = models.CharField(max_length=160)
    version = models.PositiveIntegerField(default=1)
    versions = GenericRelation(**VERSIONS)

    objects = InsideQuerySet["Thread"].as_manager()

    class Meta:
        indexes = (models.Index(fields=["discussion", "id"], name="thread_discussion"),)

    def __str__(self) -> str:
        return self.title


class Post(Inside):
    """Its audience is that of its thread."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="posts")
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(null=True, blank=True)
    versions = GenericRelation(**VERSIONS)

    objects = InsideQuerySet["Post"].as_manager()

    class Meta:
        indexes = (models.Index(fields=["thread", "id"], name="post_thread"),)

    def __str__(self) -> str:
        return str(self.pk)


class Update(Inside):
    """News in the workspace's feed."""

    text = models.TextField()
    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(null=True, blank=True)
    versions = GenericRelation(**VERSIONS)

    objects = InsideQuerySet["Update"].as_manager()

    class Meta:
        indexes = (models.Index(fields=["workspace", "id"], name="update_room"),)

    def __str__(self) -> str:
        return str(self.pk)
