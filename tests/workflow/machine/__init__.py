"""Desks played at random: moves (rooms by what they are about), and what must hold after each."""

from .desk import Desk
from .playing import make_people, play

__all__ = ["Desk", "make_people", "play"]
