from backend.partners.actions.announcements import close_announcement, edit_announcement, post_announcement
from backend.partners.actions.blocking import block_person, unblock_person
from backend.partners.actions.contacts import answer_contact, end_contact, request_contact, withdraw_contact
from backend.partners.actions.messages import add_message, mark_conversation_read, send_message

__all__ = [
    "add_message", "answer_contact", "block_person", "close_announcement", "edit_announcement", "end_contact",
    "mark_conversation_read", "post_announcement", "request_contact", "send_message", "unblock_person", "withdraw_contact",
]  # fmt: skip
