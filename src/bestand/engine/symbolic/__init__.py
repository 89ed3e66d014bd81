"""The symbolic engine: states as decision diagrams, for models far beyond what can be listed (40 to 300 options)."""

from .engine import SymbolicEngine
from .sets import DiagramStates

__all__ = ["DiagramStates", "SymbolicEngine"]
