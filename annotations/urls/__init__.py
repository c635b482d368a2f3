"""The addresses of the app: for readers, at the door, of an article at work, of a desk."""

from django.urls import include, path

urlpatterns = [
    path("", include("annotations.urls.public")),
    path("", include("annotations.urls.account")),
    path("", include("annotations.urls.article")),
    path("", include("annotations.urls.desk")),
]
