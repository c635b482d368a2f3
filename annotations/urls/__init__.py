"""The addresses of the app: for readers, at the door, of an article at work, of a desk."""

from django.urls import include, path

from .desk import of_a_desk

urlpatterns = [
    # An address is tried in this order: what people work at all day is found at once.
    path("", include("annotations.urls.article")),
    path("desks/<slug:desk_slug>/", include(of_a_desk)),
    path("", include("annotations.urls.public")),
    path("", include("annotations.urls.account")),
    path("", include("annotations.urls.desk")),
]
