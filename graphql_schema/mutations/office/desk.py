"""An officer's desk: taking and giving cases, reminding the other office."""

from typing import Annotated

import strawberry
from django.db.models import Q
from strawberry import argument

from backend.accounts.models import Person
from backend.core.guards import refusal
from backend.desk import actions, models
from backend.desk.cases import Case, colleagues, waiting
from backend.projects.models import Project as ProjectRow
from backend.schools.countries import CountryCode
from graphql_schema.lookup import any_key, find
from graphql_schema.mutations.accounts.credentials import Done
from graphql_schema.mutations.rule import a_country, an_id, mutation
from graphql_schema.types.projects import Project
from graphql_schema.types.support.desk import Assignment
from graphql_schema.viewer import Info, actor_of

QueueName = Annotated[models.Queue, argument(description="The queue it waits in.")]
CaseId = an_id("The person, school, project, report, label application or help request.")
Side = Annotated[
    CountryCode | None, argument(description="Whose decision is meant, for who decides for several countries.")
]


@strawberry.type
class DeskMutation:
    @mutation("Look after a case, or give it to a colleague whom it waits for too.")
    def assign_case(
        self,
        info: Info,
        queue: QueueName,
        case_id: CaseId,
        officer_id: Annotated[strawberry.ID | None, argument(description="The colleague; null for oneself.")] = None,
        country: Side = None,
    ) -> Assignment:
        actor = actor_of(info)
        case = _case(actor, queue, case_id, country)
        officer = _colleague(actor, officer_id) if officer_id else actor
        return actions.assign_case(case, actor=actor, officer=officer)

    @mutation("Give a case back to the queue.")
    def release_case(self, info: Info, queue: QueueName, case_id: CaseId, country: Side = None) -> Done:
        actor = actor_of(info)
        actions.release_case(_case(actor, queue, case_id, country), actor=actor)
        return Done(done=True)

    @mutation("Remind the other founder country's agency of a project; at most every three days.")
    def nudge_agency(
        self, info: Info, project_id: an_id("The project."), country: a_country("Whose decision it waits for.")
    ) -> Project:
        actor = actor_of(info)
        project = find(info, ProjectRow, project_id, field="project_id")
        decision = project.decisions.filter(round=project.round, country=country).first()
        if decision is None:
            raise refusal("not_found", field="country")
        return actions.nudge_agency(decision, actor=actor).project


def _colleague(actor: Person, identifier: str) -> Person:
    """By their own id, or by that of their appointment."""
    key = any_key(identifier)
    found = colleagues(actor).filter(Q(pk=key) | Q(officer=key)).first()
    if found is None:
        raise refusal("not_found", field="officer_id")
    return found


def _case(actor: Person, queue: models.Queue, identifier: str, country: CountryCode | None) -> Case:
    """What waits for the actor in that queue; a project stands for the decision of a side."""
    named = {"project" if queue == models.Queue.PROJECTS else "pk": any_key(identifier)}
    sides = {"country": country} if country else {}
    row = waiting(actor, queue).filter(**named, **sides).first() if actor.oversees else None
    if row is None:
        raise refusal("not_found", field="case_id")
    return Case(queue, row)
