"""What an agency decides about accounts, its officers and its policies."""

from typing import Annotated

import strawberry
from strawberry import UNSET, argument

from backend.accounts import models as accounts
from backend.agencies import actions, models
from backend.labels.actions.policies import set_label_policy
from backend.schools.countries import CountryCode
from backend.schools.models import ApprovalPolicy
from backend.schools.models import Country as CountryRow
from backend.vocabulary.codes import Language
from graphql_schema.lookup import find
from graphql_schema.mutations.accounts.credentials import Done
from graphql_schema.mutations.rule import (
    Version,
    a_country,
    a_language,
    a_text,
    an_id,
    mutation,
    or_conflict,
    plain,
    typed,
)
from graphql_schema.types.accounts import Person
from graphql_schema.types.agencies import Agency, Officer
from graphql_schema.types.projects import TextConflict
from graphql_schema.viewer import Info, actor_of

WHY_CENTRAL = a_text("Why the central service acts.")
Regions = Annotated[
    list[str] | None, argument(description="The regions of a regional delegate, as schools of the country name them.")
]
Role = Annotated[models.OfficerRole, argument(description="What the officer may do.")]


@strawberry.input(one_of=True, description="Somebody with a second factor: exactly one of these.")
class FactorOwner:
    officer_id: strawberry.ID | None = strawberry.field(default=UNSET, description="An officer.")
    person_id: strawberry.ID | None = strawberry.field(default=UNSET, description="A teacher.")


@plain
@strawberry.type(description="The appointment is in force.")
class AppointmentAccepted:
    email: str = strawberry.field(description="The name to sign in with.")


@strawberry.type
class AgenciesMutation:
    @mutation("Close the account of a person who left the school.")
    def revoke_teacher(
        self, info: Info, teacher_id: an_id("The person."), reason: a_text("Why; the person reads it.")
    ) -> Person:
        actor = actor_of(info)
        return actions.revoke_teacher(_teacher(info, teacher_id), actor=actor, reason=reason)

    @mutation("Open the account again of a person who had left the school.")
    def restore_teacher(
        self, info: Info, teacher_id: an_id("The person."), reason: a_text("Why; the person reads it.")
    ) -> Person:
        actor = actor_of(info)
        return actions.restore_teacher(_teacher(info, teacher_id), actor=actor, reason=reason)

    @mutation("Say whether a validated teacher is an ambassador, shown to those who look for help.")
    def name_ambassador(
        self,
        info: Info,
        person_id: an_id("The teacher."),
        is_ambassador: Annotated[bool, argument(description="Whether they are one from now on.")],
        reason: WHY_CENTRAL = "",
    ) -> Person:
        actor = actor_of(info)
        person = find(info, accounts.Person, person_id, field="person_id")
        return actions.name_ambassador(person, actor=actor, is_ambassador=is_ambassador, reason=reason)

    @mutation("Set a country's policies; what is not given stays. Requests that wait keep the day they were given.")
    def set_policy(
        self,
        info: Info,
        country: a_country("The country."),
        target_working_days: Annotated[
            int | None, argument(description="Within how many working days the agency wants to answer, 1 to 30.")
        ] = None,
        project_approval: Annotated[ApprovalPolicy | None, argument(description="How projects are approved.")] = None,
        file_megabytes: Annotated[int | None, argument(description="The largest document or photo, 1 to 100.")] = None,
        video_megabytes: Annotated[int | None, argument(description="The largest video.")] = None,
        workspace_megabytes: Annotated[
            int | None, argument(description="All files of a workspace together, 100 to 102400.")
        ] = None,
        reason: WHY_CENTRAL = "",
    ) -> Agency:
        actor = actor_of(info)
        return actions.set_policy(
            _country(country), actor=actor, target_working_days=target_working_days, project_approval=project_approval,
            file_megabytes=file_megabytes, video_megabytes=video_megabytes, workspace_megabytes=workspace_megabytes,
            reason=reason,
        )  # fmt: skip

    @mutation(
        "Set how many assessors look at an application for a quality label, and how fast it is decided; what is not "
        "given stays."
    )
    def set_label_policy(
        self,
        info: Info,
        country: a_country("The country."),
        assessors: Annotated[int | None, argument(description="One or two.")] = None,
        target_working_days: Annotated[
            int | None, argument(description="Within how many working days applications are decided, 1 to 120.")
        ] = None,
        reason: WHY_CENTRAL = "",
    ) -> Agency:
        return set_label_policy(
            _country(country), actor=actor_of(info), assessors=assessors, target_working_days=target_working_days,
            reason=reason,
        )  # fmt: skip

    @mutation(
        "Say how an agency is called and reached; what is not given stays. Who edits an old version gets both back."
    )
    def edit_agency(
        self,
        info: Info,
        agency_id: an_id("The agency."),
        expected_version: Version,
        name: Annotated[str | None, argument(description="The name.")] = UNSET,
        email: Annotated[str | None, argument(description="The address for questions.")] = UNSET,
        web_site: Annotated[str | None, argument(description="The address of the web site.")] = UNSET,
        reason: WHY_CENTRAL = "",
    ) -> Agency | TextConflict:
        actor = actor_of(info)
        agency = _agency(info, agency_id)
        given = {"expected_version": expected_version, **typed({"name": name, "email": email, "web_site": web_site})}
        return or_conflict(lambda: actions.edit_agency(agency, actor=actor, reason=reason, **given))

    @mutation("Appoint an officer. Who has no account yet gets a letter with a link to set a password.")
    def appoint_officer(
        self,
        info: Info,
        agency_id: an_id("The agency."),
        email: a_text("The officer's e-mail address, no teacher's."),
        role: Role,
        regions: Regions = None,
        given_name: a_text("The given name, for a new account.") = "",
        family_name: a_text("The family name, for a new account.") = "",
        language: a_language("The language of letters, for a new account: `EN` or `FR`.") = Language.EN,
        reason: WHY_CENTRAL = "",
    ) -> Officer:
        actor = actor_of(info)
        return actions.appoint_officer(
            _agency(info, agency_id), actor=actor, email=email, role=role, regions=regions or (),
            given_name=given_name, family_name=family_name, language=language, reason=reason,
        )  # fmt: skip

    @mutation("Accept an appointment by the token of the letter, and set the password.")
    def accept_appointment(
        self, token: a_text("The token of the link."), password: a_text("At least ten characters.")
    ) -> AppointmentAccepted:
        return AppointmentAccepted(email=actions.accept_appointment(token, password=password).person.email)

    @mutation("Give an officer another role, or a regional delegate other regions.")
    def change_officer(
        self,
        info: Info,
        officer_id: an_id("The officer."),
        role: Role,
        regions: Regions = None,
        reason: WHY_CENTRAL = "",
    ) -> Officer:
        actor = actor_of(info)
        officer = find(info, models.Officer, officer_id, field="officer_id")
        return actions.change_officer(officer, actor=actor, role=role, regions=regions or (), reason=reason)

    @mutation("End an officer's appointment. An agency's last lead goes by the central service only.")
    def dismiss_officer(
        self, info: Info, officer_id: an_id("The officer."), reason: a_text("Why; the officer reads it.")
    ) -> Officer:
        actor = actor_of(info)
        officer = find(info, models.Officer, officer_id, field="officer_id")
        return actions.dismiss_officer(officer, actor=actor, reason=reason)

    @mutation("Take away the second factor of somebody who lost the app and the recovery codes; they set up another.")
    def reset_second_factor(
        self,
        info: Info,
        of: Annotated[FactorOwner, argument(description="Whose.")],
        reason: a_text("Why; the person reads it."),
    ) -> Done:
        actor = actor_of(info)
        if of.officer_id:
            person = find(info, models.Officer, of.officer_id, field="of").person
        else:
            person = find(info, accounts.Person, of.person_id or "", field="of")
        actions.reset_second_factor(person, actor=actor, reason=reason)
        return Done(done=True)


def _teacher(info: Info, identifier: str) -> accounts.Person:
    return find(info, accounts.Person, identifier, field="teacher_id")


def _agency(info: Info, identifier: str) -> models.Agency:
    return find(info, models.Agency, identifier, field="agency_id")


def _country(code: CountryCode) -> CountryRow:
    return CountryRow.objects.get(pk=code)
