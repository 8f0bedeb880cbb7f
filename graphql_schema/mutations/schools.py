"""Proposing and joining schools, and what agencies decide about people and schools."""

from typing import Annotated

import strawberry
from strawberry import UNSET, argument

from backend.accounts import models as accounts
from backend.agencies import actions as agencies
from backend.core.guards import ensure
from backend.schools import actions, models
from graphql_schema.lookup import find
from graphql_schema.mutations.rule import Version, a_country, a_text, an_id, mutation, or_conflict, typed
from graphql_schema.types.accounts import Person
from graphql_schema.types.projects import TextConflict
from graphql_schema.types.schools import School, SchoolMembership
from graphql_schema.viewer import Info, actor_of

AT_ONCE = 50
NULLABLE = ("ages_from", "ages_to", "pupil_count", "latitude", "longitude")
SchoolId = an_id("The school.")
WHY_CENTRAL = a_text("Why the central service acts.")


@strawberry.type(description="People after a decision.")
class ValidatedTeachers:
    teachers: list[Person] = strawberry.field(description="The people, in the order of the ids.")


@strawberry.type
class SchoolsMutation:
    @mutation("Propose a school of the own country and join it; look for it first.")
    def register_school(
        self,
        info: Info,
        name: a_text("The legal name."),
        town: a_text("The town."),
        type: Annotated[models.SchoolType, argument(description="The type of school.")] = models.SchoolType.OTHER,
        official_number: a_text("The number in the national register, if known.") = "",
        address: a_text("Street and number.") = "",
        postal_code: a_text("The postal code.") = "",
        region: a_text("The region.") = "",
        web_site: a_text("The address of the web site.") = "",
        presentation: a_text("About the school.") = "",
        ages_from: Annotated[int | None, argument(description="The youngest pupils' age, in years.")] = None,
        ages_to: Annotated[int | None, argument(description="The oldest pupils' age, in years.")] = None,
        principal_name: a_text("The principal's name.") = "",
        principal_email: a_text("The principal's e-mail address.") = "",
        public_name: a_text("The name to show; empty for the legal one.") = "",
        other_region: a_text("The education region, where that is another one.") = "",
        is_abroad: Annotated[bool, argument(description="Whether it lies outside its country.")] = False,
        pupil_count: Annotated[int | None, argument(description="How many pupils it has.")] = None,
        latitude: Annotated[float | None, argument(description="Degrees north, WGS 84.")] = None,
        longitude: Annotated[float | None, argument(description="Degrees east, WGS 84.")] = None,
    ) -> School:
        return actions.register_school(
            actor=actor_of(info), name=name, town=town, type=type, official_number=official_number, address=address,
            postal_code=postal_code, region=region, web_site=web_site, presentation=presentation, ages_from=ages_from, ages_to=ages_to,
            principal_name=principal_name, principal_email=principal_email, public_name=public_name,
            other_region=other_region, is_abroad=is_abroad, pupil_count=pupil_count, latitude=latitude, longitude=longitude,
        )  # fmt: skip

    @mutation("Work at a school; the agency confirms it.")
    def join_school(self, info: Info, school_id: SchoolId) -> SchoolMembership:
        actor = actor_of(info)
        return actions.join_school(_school(info, school_id), actor=actor)

    @mutation("Work at a school no longer. A validated person joins the new school first.")
    def leave_school(self, info: Info, school_id: SchoolId) -> SchoolMembership:
        actor = actor_of(info)
        return actions.leave_school(_school(info, school_id), actor=actor)

    @mutation("Say at which of one's validated schools one mainly works.")
    def choose_school(self, info: Info, school_id: SchoolId) -> Person:
        actor = actor_of(info)
        return actions.choose_school(_school(info, school_id), actor=actor)

    @mutation(
        "Work in another country from now on: the account and the projects stay, the schools are left, and the new "
        "country's agency validates before workspaces open again."
    )
    def move_to_country(self, info: Info, country: a_country("The country.")) -> Person:
        return actions.move_to_country(actor=actor_of(info), country=country)

    @mutation("Validate people who wait, all or none.")
    def validate_teachers(
        self,
        info: Info,
        teacher_ids: Annotated[list[strawberry.ID], argument(description="The people, at most 50.")],
        reason: a_text("Why the central service acts.") = "",
    ) -> ValidatedTeachers:
        actor = actor_of(info)
        ensure(0 < len(teacher_ids) <= AT_ONCE, "too_many_at_once", field="teacher_ids", limit=AT_ONCE)
        people = [find(info, accounts.Person, each, field="teacher_ids") for each in teacher_ids]
        return ValidatedTeachers(teachers=agencies.validate_teachers(people, actor=actor, reason=reason))

    @mutation("Refuse a person's request, with a reason the person reads.")
    def reject_teacher(
        self, info: Info, teacher_id: an_id("The person."), reason: a_text("Why; the person reads it.")
    ) -> Person:
        actor = actor_of(info)
        person = find(info, accounts.Person, teacher_id, field="teacher_id")
        return agencies.reject_teacher(person, actor=actor, reason=reason)

    @mutation("Ask a person before deciding.")
    def request_information(
        self, info: Info, teacher_id: an_id("The person."), question: a_text("The question.")
    ) -> Person:
        actor = actor_of(info)
        person = find(info, accounts.Person, teacher_id, field="teacher_id")
        return agencies.request_information(person, actor=actor, question=question)

    @mutation("Confirm that a proposed school exists and may twin.")
    def validate_school(self, info: Info, school_id: SchoolId, reason: WHY_CENTRAL = "") -> School:
        actor = actor_of(info)
        return agencies.validate_school(_school(info, school_id), actor=actor, reason=reason)

    @mutation("Refuse a proposed school, with a reason its proposer reads.")
    def reject_school(self, info: Info, school_id: SchoolId, reason: a_text("Why; the proposer reads it.")) -> School:
        actor = actor_of(info)
        return agencies.reject_school(_school(info, school_id), actor=actor, reason=reason)

    @mutation("Merge a school into another record of it: people, projects and labels move, nothing is lost.")
    def merge_schools(
        self,
        info: Info,
        school_id: an_id("The school that goes."),
        into_id: an_id("The record that stays: a validated school of the same country."),
        reason: a_text("Why."),
    ) -> School:
        actor = actor_of(info)
        into = find(info, models.School, into_id, field="into_id")
        return agencies.merge_schools(_school(info, school_id), actor=actor, into=into, reason=reason)

    @mutation("Close a school: nobody can join it, and its people are asked to choose another.")
    def close_school(self, info: Info, school_id: SchoolId, reason: a_text("Why; its people read it.")) -> School:
        actor = actor_of(info)
        return agencies.close_school(_school(info, school_id), actor=actor, reason=reason)

    @mutation("Open a closed school again.")
    def reopen_school(self, info: Info, school_id: SchoolId, reason: WHY_CENTRAL = "") -> School:
        actor = actor_of(info)
        return agencies.reopen_school(_school(info, school_id), actor=actor, reason=reason)

    @mutation(
        "Change what is written about a school; what is not given stays. Its people change presentation, web site, ages "
        "and number of pupils, its agency all. Who edits an old version gets both texts back."
    )
    def edit_school(
        self,
        info: Info,
        school_id: SchoolId,
        expected_version: Version,
        presentation: Annotated[str | None, argument(description="About the school.")] = UNSET,
        web_site: Annotated[str | None, argument(description="The address of the web site.")] = UNSET,
        ages_from: Annotated[int | None, argument(description="The youngest pupils' age, in years.")] = UNSET,
        ages_to: Annotated[int | None, argument(description="The oldest pupils' age, in years.")] = UNSET,
        pupil_count: Annotated[int | None, argument(description="How many pupils it has.")] = UNSET,
        name: Annotated[str | None, argument(description="The legal name.")] = UNSET,
        public_name: Annotated[str | None, argument(description="The name to show; empty for the legal one.")] = UNSET,
        official_number: Annotated[str | None, argument(description="The number in the national register.")] = UNSET,
        type: Annotated[models.SchoolType | None, argument(description="The type of school.")] = UNSET,
        address: Annotated[str | None, argument(description="Street and number.")] = UNSET,
        postal_code: Annotated[str | None, argument(description="The postal code.")] = UNSET,
        town: Annotated[str | None, argument(description="The town.")] = UNSET,
        region: Annotated[str | None, argument(description="The region.")] = UNSET,
        other_region: Annotated[str | None, argument(description="The education region, if another.")] = UNSET,
        is_abroad: Annotated[bool | None, argument(description="Whether it lies outside its country.")] = UNSET,
        latitude: Annotated[float | None, argument(description="Degrees north, WGS 84.")] = UNSET,
        longitude: Annotated[float | None, argument(description="Degrees east, WGS 84.")] = UNSET,
        principal_name: Annotated[str | None, argument(description="The principal's name.")] = UNSET,
        principal_email: Annotated[str | None, argument(description="The principal's e-mail address.")] = UNSET,
        reason: WHY_CENTRAL = "",
    ) -> School | TextConflict:
        actor = actor_of(info)
        apart = ("self", "info", "actor", "school_id", "reason")
        given = {key: value for key, value in locals().items() if key not in (*apart, "apart")}
        school = _school(info, school_id)
        changes = typed(given, nullable=NULLABLE)
        return or_conflict(lambda: agencies.edit_school(school, actor=actor, reason=reason, **changes))


def _school(info: Info, identifier: str) -> models.School:
    return find(info, models.School, identifier, field="school_id")
