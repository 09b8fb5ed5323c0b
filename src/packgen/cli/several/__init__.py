"""Several packs at once: each is built by itself, in a process of its own or on another machine.

Takes the packs and what is asked of them; gives what came of each, as it comes. One that fails, or takes its process
down with it, stops no other.
"""

from packgen.cli.several.orders import Order, Outcome
from packgen.cli.several.telling import tell_several

__all__ = ["Order", "Outcome", "tell_several"]
