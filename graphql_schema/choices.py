"""The domain's choices as GraphQL enums; their labels are the descriptions."""

from typing import Any

import strawberry
from django.db.models import TextChoices
from django.utils import translation

from backend.accounts.models import PersonKind, PersonState, StaffRole, TokenScope
from backend.agencies.models import OfficerRole, TextUse
from backend.core.ranking import SearchOrder
from backend.desk.models import Queue
from backend.labels.models import EvidenceKind, LabelState
from backend.library.models import EntryKind, EntryState
from backend.mailings.models import MailingState
from backend.moderation.models import (
    AppealState,
    HelpState,
    HelpTopic,
    ReportCategory,
    ReportOutcome,
    ReportState,
    SubjectKind,
)
from backend.monitoring.projects import Condition
from backend.notifications.models import Frequency
from backend.partners.models import ContactState
from backend.partners.search import MatchReason
from backend.projects.models import HandOverState, Outcome, ProjectMemberState, ProjectRole, ProjectState
from backend.projects.tracker import StepKind, StepState
from backend.schools.countries import CountryCode
from backend.schools.models import ApprovalPolicy, MembershipState, SchoolState, SchoolType
from backend.schools.search import DuplicateReason
from backend.vocabulary.codes import Competence, Language, Subject
from backend.workspaces.models import Audience, ConsentKind, FileKind, Licence, PageEditors, WorkspaceRole


def enum(choices: Any, name: str, description: str, **values: str) -> Any:
    """Register an enum; a TextChoices' labels describe its values, others are described here."""
    strawberry.enum(choices, name=name, description=description)
    with translation.override("en"):
        for value in choices.__strawberry_definition__.values:
            member = choices[value.name]
            value.description = str(member.label) if isinstance(member, TextChoices) else values[value.name]
    return choices


enum(PersonKind, "PersonKind", "What kind of account this is.")
enum(PersonState, "PersonState", "How far an account has come.")
enum(StaffRole, "StaffRole", "What somebody does at school.")
enum(OfficerRole, "OfficerRole", "What an officer may do at the agency.")
enum(TextUse, "ReadyTextUse", "What a ready text is for.")
enum(MailingState, "MailingState", "How far a message to teachers has come.")
enum(SchoolState, "SchoolState", "How far a school has come.")
enum(SchoolType, "SchoolType", "Types of schools.")
enum(MembershipState, "SchoolMembershipState", "Whether somebody works at a school.")
enum(DuplicateReason, "DuplicateReason", "Why two records may be one school.")
enum(ApprovalPolicy, "ProjectApprovalPolicy", "How a country approves projects.")
enum(ContactState, "ContactState", "What came of a contact request.")
enum(ProjectState, "ProjectState", "How far a project has come.")
enum(ProjectRole, "ProjectRole", "Founders are two; partners come later.")
enum(ProjectMemberState, "ProjectMemberState", "Whether somebody is in a project.")
enum(Outcome, "DecisionOutcome", "What an agency decided.")
enum(HandOverState, "HandOverState", "What came of a hand-over.")
enum(
    StepKind,
    "TrackerStepKind",
    "Steps on a project's way.",
    TEXT="Both founders write",
    PARTNER="The other founder agrees",
    AGENCY="A founder country's agency approves",
    OPEN="The workspace is open",
)
enum(
    StepState,
    "TrackerStepState",
    "How far a step is.",
    DONE="Done",
    NOW="It waits for somebody now",
    LATER="Its turn comes later",
    STOPPED="The project was stopped here",
)
enum(WorkspaceRole, "WorkspaceRole", "What somebody may do in a workspace.")
enum(FileKind, "FileKind", "Kinds of materials.")
enum(Audience, "Audience", "Who sees something in a workspace.")
enum(Licence, "Licence", "Under which licence a material may be used.")
enum(ConsentKind, "ConsentKind", "What parents are asked for.")
enum(PageEditors, "PageEditors", "Who may edit a page, besides its author and administrators.")
enum(LabelState, "LabelState", "How far an application for a quality label has come.")
enum(EvidenceKind, "LabelEvidenceKind", "What can be shown as evidence.")
enum(Queue, "DeskQueue", "An officer's queues.")
enum(Condition, "ProjectCondition", "How an open project is doing.")
enum(TokenScope, "TokenScope", "What a token may do.")
enum(EntryKind, "LibraryEntryKind", "Kinds of entries of the library.")
enum(EntryState, "LibraryEntryState", "Whether an entry of the library is read by everybody.")
enum(Frequency, "DigestFrequency", "How often a letter tells what is new in the inbox.")
enum(SubjectKind, "ReportedKind", "What can be reported.")
enum(ReportCategory, "ReportCategory", "What is wrong with something.")
enum(ReportState, "ReportState", "Whether a report has been decided.")
enum(ReportOutcome, "ReportOutcome", "What came of a report.")
enum(AppealState, "AppealState", "What came of an appeal.")
enum(HelpTopic, "HelpTopic", "What a request for help is about.")
enum(HelpState, "HelpState", "Whose turn it is in a request for help.")
enum(Subject, "SubjectCode", "School subjects.")
enum(CountryCode, "CountryCode", "The participating countries: ISO 3166-1 alpha-2, XK for Kosovo.")
enum(Language, "LanguageCode", "Languages of the participating countries: ISO 639-1 in capitals.")
enum(Competence, "CompetenceCode", "Key competences for lifelong learning.")
enum(
    SearchOrder,
    "SearchOrder",
    "What is found first.",
    BEST="What fits the words best; without words the newest",
    NEWEST="The newest",
)
enum(
    MatchReason,
    "MatchReason",
    "Why two people might work together.",
    SHARED_LANGUAGE="Both speak a language",
    OVERLAPPING_AGES="Their pupils are of the same ages",
    COMMON_SUBJECT="Both teach a subject",
    SIMILAR_SIZE="Their schools have about as many pupils",
    BOTH_AVAILABLE="Both look for partners",
)
