"""Django's admin over the desk's work. Importing a theme registers its pages."""

from . import articles, checks, claims, earlier, manage, readers, results
from .labels import label_fields

__all__ = ["articles", "checks", "claims", "earlier", "manage", "readers", "results"]

label_fields()
