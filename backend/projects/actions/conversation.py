"""The conversation of a project's members."""

from django.db import transaction

from backend.accounts.models import Person
from backend.core.guards import allow, ensure
from backend.partners.actions import add_message
from backend.partners.models import Conversation, Message
from backend.projects.models import Project, ProjectMemberState
from backend.projects.permissions import can_write_to_project, is_ended


@transaction.atomic
def send_project_message(project: Project, *, actor: Person, text: str) -> Message:
    """To everybody who is in it, from the first draft to the end."""
    project = Project.objects.lock(project)
    allow(can_write_to_project(actor, project))
    ensure(not is_ended(project), "project_ended")
    conversation, _ = Conversation.objects.get_or_create(project=project)
    members = project.members.filter(state=ProjectMemberState.JOINED).select_related("person")
    return add_message(conversation, actor=actor, text=text, readers=[member.person for member in members])
