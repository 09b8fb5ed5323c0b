"""New workspaces, packs and items: files that validate at once and explain themselves. Never overwrites a file."""

from packgen.scaffold.files import new_item, new_pack, new_workspace

__all__ = ["new_item", "new_pack", "new_workspace"]
