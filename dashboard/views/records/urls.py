"""A person, a school, a project, and what is decided about them."""

from django.urls import path

from dashboard.views.records import appeals, help_requests, labels, nudges, people, projects, reports, schools

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
    path("projects/<uuid:pk>/nudge/", nudges.nudge, name="nudge_agency"),
    path("reports/<uuid:pk>/", reports.record, name="report"),
    path("reports/<uuid:pk>/open/", reports.read, name="open_report"),
    path("reports/<uuid:pk>/decide/", reports.decide, name="decide_report"),
    path("reports/<uuid:pk>/confirm-ban/", reports.confirm_ban, name="confirm_ban"),
    path("appeals/", appeals.every, name="appeals"),
    path("appeals/<uuid:pk>/", appeals.record, name="appeal"),
    path("appeals/<uuid:pk>/decide/", appeals.decide, name="decide_appeal"),
    path("labels/<uuid:pk>/", labels.record, name="label"),
    path("labels/<uuid:pk>/open-evidence/", labels.open_evidence, name="open_label_evidence"),
    path("labels/<uuid:pk>/declare-conflict/", labels.declare_conflict, name="declare_conflict"),
    path("labels/<uuid:pk>/assess/", labels.assess, name="assess_label"),
    path("labels/<uuid:pk>/award/", labels.award, name="award_label"),
    path("labels/<uuid:pk>/refuse/", labels.refuse, name="refuse_label"),
    path("help/<uuid:pk>/", help_requests.record, name="help_request"),
    path("help/<uuid:pk>/answer/", help_requests.answer, name="answer_help"),
    path("help/<uuid:pk>/close/", help_requests.close, name="close_help"),
]
