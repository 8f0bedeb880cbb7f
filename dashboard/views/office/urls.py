"""An agency's tools and settings."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
