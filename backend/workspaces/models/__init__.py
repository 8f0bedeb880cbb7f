from backend.workspaces.models.chat import ChatMessage, ChatRoom
from backend.workspaces.models.forum import Discussion, Post, Thread, Update
from backend.workspaces.models.materials import Consent, ConsentKind, File, FileKind, Folder, Licence, file_path
from backend.workspaces.models.pages import Page, PageEditors, PageVersion
from backend.workspaces.models.plan import Activity, Meeting
from backend.workspaces.models.room import (
    PUPIL_ROLES,
    STAFF_ROLES,
    Audience,
    Inside,
    InsideQuerySet,
    PublicHome,
    Workspace,
    WorkspaceMembership,
    WorkspaceRole,
)
from backend.workspaces.models.versions import TextVersion

__all__ = [
    "PUPIL_ROLES", "STAFF_ROLES", "Activity", "Audience", "ChatMessage", "ChatRoom", "Consent", "ConsentKind",
    "Discussion", "File", "FileKind", "Folder", "Inside", "InsideQuerySet", "Licence", "Meeting", "Page",
    "PageEditors", "PageVersion", "Post", "PublicHome", "TextVersion", "Thread", "Update", "Workspace", "WorkspaceMembership",
    "WorkspaceRole", "file_path",
]  # fmt: skip
