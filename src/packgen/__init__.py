"""packgen assembles the agenda pack of a council committee."""

__version__ = "0.1.0"
