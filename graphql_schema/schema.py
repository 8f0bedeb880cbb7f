"""The schema: the areas' queries, mutations and subscriptions in one."""

from typing import Annotated, Any

import strawberry
import strawberry_django
from django.apps import apps
from strawberry import argument, relay
from strawberry.extensions import SchemaExtension
from strawberry.relay.utils import from_base64
from strawberry.schema.config import StrawberryConfig

from backend.eventlog.threads import snapshot
from graphql_schema.completion.executor import Executor
from graphql_schema.completion.keys import narrow_keys
from graphql_schema.completion.names import Names
from graphql_schema.completion.optimizing import Optimizer
from graphql_schema.errors import CodedError, MaskErrors, mask
from graphql_schema.gate import Gate
from graphql_schema.guard import Guard
from graphql_schema.limits import PAGE_LIMIT, Limits
from graphql_schema.lookup import look_up, look_up_all
from graphql_schema.mutations.accounts.credentials import CredentialsMutation
from graphql_schema.mutations.accounts.privacy import PrivacyMutation
from graphql_schema.mutations.accounts.registration import AccountsMutation
from graphql_schema.mutations.accounts.second_factor import SecondFactorMutation
from graphql_schema.mutations.agencies import AgenciesMutation
from graphql_schema.mutations.help import HelpMutation
from graphql_schema.mutations.labels import LabelsMutation
from graphql_schema.mutations.library import LibraryMutation
from graphql_schema.mutations.messages import MessagesMutation
from graphql_schema.mutations.moderation import ModerationMutation
from graphql_schema.mutations.office.desk import DeskMutation
from graphql_schema.mutations.office.mailings import MailingsMutation
from graphql_schema.mutations.office.texts import ReadyTextsMutation
from graphql_schema.mutations.partners import PartnersMutation
from graphql_schema.mutations.project_life import ProjectLifeMutation
from graphql_schema.mutations.projects import ProjectsMutation
from graphql_schema.mutations.schools import SchoolsMutation
from graphql_schema.mutations.support import SupportMutation
from graphql_schema.mutations.workspaces.everything import WorkspacesMutation
from graphql_schema.queries.accounts import AccountsQuery
from graphql_schema.queries.agencies import AgenciesQuery
from graphql_schema.queries.desk import DeskQuery
from graphql_schema.queries.labels import LabelsQuery
from graphql_schema.queries.library import LibraryQuery
from graphql_schema.queries.moderation import ModerationQuery
from graphql_schema.queries.notifications import NotificationsQuery
from graphql_schema.queries.partners import PartnersQuery
from graphql_schema.queries.projects import ProjectsQuery
from graphql_schema.queries.schools import SchoolsQuery
from graphql_schema.queries.support import SupportQuery
from graphql_schema.queries.workspaces import WorkspacesQuery
from graphql_schema.subscriptions.desk import DeskSubscription
from graphql_schema.subscriptions.inbox import InboxSubscription
from graphql_schema.subscriptions.projects import ProjectsSubscription
from graphql_schema.subscriptions.workspaces import WorkspacesSubscription
from graphql_schema.viewer import Info

AREAS = {
    "accounts": "Person AccessToken",
    "schools": "School SchoolMembership",
    "agencies": "Agency Officer ReadyText StandIn",
    "mailings": "Mailing MailingAudience",
    "partners": "ContactRequest Block Announcement Conversation Message",
    "projects": "Project ProjectMember Decision ProjectComment HandOver",
    "workspaces": "Workspace WorkspaceMembership Consent PublicHome Discussion Thread Post Update File Folder Page "
    "Activity Meeting ChatRoom ChatMessage",
    "labels": "LabelGrid LabelCriterion LabelApplication LabelAnswer LabelEvidence LabelAssessment LabelMark "
    "LabelDraft NationalLabel EuropeanLabel LabelNomination",
    "moderation": "Report Sanction Appeal Look HelpRequest HelpMessage",
    "library": "LibraryEntry LibraryText",
    "notifications": "Notification",
    "eventlog": "Event",
    "monitoring": "Publication",
    "desk": "Assignment",
}
NODES = {name: area for area, names in AREAS.items() for name in names.split()}


@strawberry.type(description="Everything that can be asked.")
class Query(
    AccountsQuery,
    SchoolsQuery,
    PartnersQuery,
    AgenciesQuery,
    ProjectsQuery,
    WorkspacesQuery,
    NotificationsQuery,
    DeskQuery,
    SupportQuery,
    LibraryQuery,
    LabelsQuery,
    ModerationQuery,
):
    @strawberry_django.field(description="What an id names; null for who may not see it.")
    def node(self, info: Info, id: Annotated[strawberry.ID, argument(description="Its id.")]) -> relay.Node | None:
        return _node(info, id)

    @strawberry_django.field(description="What several ids name, at most 100; null for who may not see it.")
    def nodes(
        self, info: Info, ids: Annotated[list[strawberry.ID], argument(description="Their ids.")]
    ) -> list[relay.Node | None]:
        if len(ids) > PAGE_LIMIT:
            raise CodedError(f"At most {PAGE_LIMIT} at once.", "PAGE_TOO_LARGE", limit=PAGE_LIMIT)
        of_kind: dict[str, list[str]] = {}
        for each in ids:
            of_kind.setdefault(_kind(each), []).append(each)
        found: dict[str, Any] = {}
        for kind in of_kind.keys() & NODES.keys():
            found |= look_up_all(info, apps.get_model(NODES[kind], kind), of_kind[kind])
        return [found.get(each) for each in ids]


def _node(info: Info, identifier: str) -> Any:
    kind = _kind(identifier)
    return look_up(info, apps.get_model(NODES[kind], kind), identifier) if kind in NODES else None


def _kind(identifier: str) -> str:
    try:
        return from_base64(identifier)[0]
    except ValueError:
        return ""


@strawberry.type(description="Everything that can be done.")
class Mutation(
    AccountsMutation,
    CredentialsMutation,
    SecondFactorMutation,
    PrivacyMutation,
    SchoolsMutation,
    AgenciesMutation,
    PartnersMutation,
    MessagesMutation,
    ProjectsMutation,
    ProjectLifeMutation,
    WorkspacesMutation,
    LabelsMutation,
    ModerationMutation,
    HelpMutation,
    SupportMutation,
    LibraryMutation,
    DeskMutation,
    MailingsMutation,
    ReadyTextsMutation,
):
    pass


@strawberry.type(description="Everything that can be followed.")
class Subscription(WorkspacesSubscription, ProjectsSubscription, InboxSubscription, DeskSubscription):
    pass


class Receipts(SchemaExtension):
    """Says in `extensions.receipts` which keyed mutations were repeated, and their places in the streams."""

    def get_results(self) -> dict[str, Any]:
        receipts = getattr(self.execution_context.context, "receipts", None)
        return {"receipts": receipts} if receipts else {}


class Schema(strawberry.Schema):
    """Strawberry's, whose keys lead only to what the viewer may see, and whose errors never tell more than they should."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow_keys(self._schema)

    def execute_sync(self, query: str, *args: Any, **kwargs: Any) -> Any:
        if "cursor" in query and "mutation" not in query:
            with snapshot():  # so that a cursor and the data beside it are of one moment
                return mask(super().execute_sync(query, *args, **kwargs))
        return mask(super().execute_sync(query, *args, **kwargs))


schema = Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    extensions=[MaskErrors, Limits, Gate, Receipts, Optimizer, Guard],
    config=StrawberryConfig(name_converter=Names()),
    execution_context_class=Executor,
)

DESCRIPTIONS = {
    "OperationInfo": "Why something was not done.",
    "OperationMessage": "One reason.",
    "OperationMessageKind": "Kinds of reasons.",
    "INFO": "Only to be known",
    "WARNING": "To be careful about",
    "ERROR": "Something failed",
    "PERMISSION": "This person may not",
    "VALIDATION": "What was sent, or the moment, is not right",
}

for _type in schema._schema.type_map.values():
    if not _type.description and _type.name.endswith("Payload"):
        _type.description = "The result, or why not."
    elif not _type.description and _type.name.endswith("Input"):
        _type.description = "What the mutation needs."
    elif _type.name in DESCRIPTIONS:
        _type.description = DESCRIPTIONS[_type.name]
        for _name, _value in getattr(_type, "values", {}).items():
            _value.description = DESCRIPTIONS[_name]
