"""Django's admin over the desk's work. Importing a theme registers its pages."""

from . import articles, checks, claims, earlier, manage, readers, results, texts
from .labels import label_fields

__all__ = ["articles", "checks", "claims", "earlier", "manage", "readers", "results", "texts"]

label_fields()
