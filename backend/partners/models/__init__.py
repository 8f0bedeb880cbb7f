from backend.partners.models.announcements import Announcement, AnnouncementQuerySet
from backend.partners.models.contacts import Block, ContactRequest, ContactState, are_contacts, is_blocked, strangers_to
from backend.partners.models.conversations import Conversation, Message, Reading

__all__ = [
    "Announcement", "AnnouncementQuerySet", "Block", "ContactRequest", "ContactState", "Conversation", "Message", "Reading", "are_contacts",
    "is_blocked", "strangers_to",
]  # fmt: skip
