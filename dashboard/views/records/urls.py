"""A person, a school, a project, and what is decided about them."""

from django.urls import path

from dashboard.views.records import people, projects, schools

urlpatterns = [
    path("people/<uuid:pk>/", people.record, name="person"),
    path("people/<uuid:pk>/validate/", people.validate, name="validate_teacher"),
    path("people/<uuid:pk>/reject/", people.reject, name="reject_teacher"),
    path("people/<uuid:pk>/request-information/", people.request_information, name="request_information"),
    path("people/<uuid:pk>/revoke/", people.revoke, name="revoke_teacher"),
    path("people/<uuid:pk>/restore/", people.restore, name="restore_teacher"),
    path("people/<uuid:pk>/ambassador/", people.ambassador, name="name_ambassador"),
    path("schools/<uuid:pk>/", schools.record, name="school"),
    path("schools/<uuid:pk>/validate/", schools.validate, name="validate_school"),
    path("schools/<uuid:pk>/reject/", schools.reject, name="reject_school"),
    path("schools/<uuid:pk>/merge/", schools.merge, name="merge_schools"),
    path("schools/<uuid:pk>/close/", schools.close, name="close_school"),
    path("schools/<uuid:pk>/reopen/", schools.reopen, name="reopen_school"),
    path("projects/<uuid:pk>/", projects.record, name="project"),
    path("projects/<uuid:pk>/approve/", projects.approve, name="approve_project"),
    path("projects/<uuid:pk>/request-changes/", projects.request_changes, name="request_project_changes"),
    path("projects/<uuid:pk>/refuse/", projects.refuse, name="refuse_project"),
]
