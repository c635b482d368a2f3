"""Work nobody waits for, each task safe to run twice: the rows themselves say what is due."""

from .lapsing import lapse_overdue

__all__ = ["lapse_overdue"]
