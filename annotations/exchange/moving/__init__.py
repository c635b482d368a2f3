"""A desk or an article moved: its rows as lines that lose nothing, out of a site and into one."""

from .arriving import arrive, checked
from .joining import checked_article, join
from .leaving import Leaving, Unfit, at_one_moment
from .newcomers import Arrived
from .tables import shapes

__all__ = [
    "Arrived",
    "Leaving",
    "Unfit",
    "arrive",
    "at_one_moment",
    "checked",
    "checked_article",
    "join",
    "shapes",
]
