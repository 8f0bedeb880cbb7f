"""What waits, queue by queue."""

from django.urls import path

from dashboard.views.queues import people, projects

urlpatterns = [
    path("queues/people/", people.queue, name="people"),
    path("queues/projects/", projects.queue, name="projects"),
]
