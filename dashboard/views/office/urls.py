"""An agency's tools and settings."""

from django.urls import URLPattern, path

from dashboard.views.office import european, mailings, officers, settings, system, texts, trail

urlpatterns: list[URLPattern] = [
    path("messages/", mailings.every, name="mailings"),
    path("messages/new/", mailings.write, name="draft_mailing"),
    path("messages/<uuid:pk>/", mailings.record, name="mailing"),
    path("messages/<uuid:pk>/edit/", mailings.edit, name="edit_mailing"),
    path("messages/<uuid:pk>/send/", mailings.send, name="send_mailing"),
    path("messages/<uuid:pk>/cancel/", mailings.cancel, name="cancel_mailing"),
    path("messages/filters/<uuid:pk>/remove/", mailings.remove_filters, name="remove_audience"),
    path("labels/european/", european.european, name="european_labels"),
    path("labels/european/<uuid:pk>/nominate/", european.nominate, name="nominate_label"),
    path("labels/european/<uuid:pk>/award/", european.award, name="award_european_label"),
    path("audit-trail/", trail.events, name="trail"),
    path("audit-trail/audit-trail.<slug:form>", trail.export, name="export_trail"),
    path("settings/", settings.agency, name="settings"),
    path("settings/contact/", settings.edit_contact, name="edit_agency"),
    path("settings/policies/", settings.set_country_policy, name="set_policy"),
    path("settings/labels/", settings.set_labels, name="set_label_policy"),
    path("settings/officers/", officers.every, name="officers"),
    path("settings/officers/appoint/", officers.appoint, name="appoint_officer"),
    path("settings/officers/<uuid:pk>/change/", officers.change, name="change_officer"),
    path("settings/officers/<uuid:pk>/dismiss/", officers.dismiss, name="dismiss_officer"),
    path("settings/texts/", texts.every, name="texts"),
    path("settings/texts/new/", texts.write, name="write_text"),
    path("settings/texts/<uuid:pk>/", texts.edit, name="text"),
    path("settings/texts/<uuid:pk>/remove/", texts.remove, name="remove_text"),
    path("system/", system.system, name="system"),
]
