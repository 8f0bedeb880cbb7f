from backend.accounts.models.credentials import AccessToken, RecoveryCode, Session, SignInAttempt, TokenScope
from backend.accounts.models.people import (
    AGES,
    GONE,
    MAY_SIGN_IN,
    REGISTERED,
    UNDECIDED,
    Inquiry,
    Person,
    PersonKind,
    PersonQuerySet,
    PersonState,
    StaffRole,
)

__all__ = [
    "AGES",
    "GONE",
    "MAY_SIGN_IN",
    "REGISTERED",
    "UNDECIDED",
    "AccessToken",
    "Inquiry",
    "Person",
    "PersonKind",
    "PersonQuerySet",
    "PersonState",
    "RecoveryCode",
    "Session",
    "SignInAttempt",
    "StaffRole",
    "TokenScope",
]  # fmt: skip
