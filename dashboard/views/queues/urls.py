"""What waits, queue by queue."""

from django.urls import path

from dashboard.views.queues import cases, hand_overs, queue, saved
from dashboard.views.queues.kinds.every import KINDS

urlpatterns = [
    *(path(f"queues/{name}/", queue.queue, {"name": name}, name=name) for name in KINDS),
    path("queues/<slug:name>/decide/", cases.decide, name="decide_cases"),
    path("queues/<slug:name>/next/", cases.take_next, name="take_next"),
    path("queues/<slug:name>/take/<uuid:pk>/", cases.take, name="take_case"),
    path("queues/<slug:name>/release/<uuid:pk>/", cases.release, name="release_case"),
    path("queues/<slug:name>/views/", saved.save, name="save_view"),
    path("hand-overs/<uuid:pk>/confirm/", hand_overs.confirm, name="confirm_hand_over"),
    path("hand-overs/<uuid:pk>/refuse/", hand_overs.refuse, name="refuse_hand_over"),
    path("views/<uuid:pk>/remove/", saved.remove, name="remove_view"),
]
