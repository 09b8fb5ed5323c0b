"""The officer's folders: settings, packs, templates and safe paths.

Nothing here reads what is inside a pack; it says where things are and refuses paths that lead outside.
"""

from packgen.workspace.paths import locate_inside, shown_path
from packgen.workspace.settings import Engine, Settings, load_settings, settings_file
from packgen.workspace.templates import TemplateSet, find_templates

__all__ = [
    "Engine", "Settings", "TemplateSet", "find_templates", "load_settings", "locate_inside", "settings_file",
    "shown_path",
]  # fmt: skip
