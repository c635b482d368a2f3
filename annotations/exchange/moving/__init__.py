"""A whole desk moved: its rows as lines that lose nothing, out of one site and into another."""

from .arriving import arrive, checked
from .leaving import Leaving, Unfit, at_one_moment
from .newcomers import Arrived
from .tables import shapes

__all__ = ["Arrived", "Leaving", "Unfit", "arrive", "at_one_moment", "checked", "shapes"]
