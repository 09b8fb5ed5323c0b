"""What became of a pack once it was published: its numbers, its notices, its supplements, its history.

Takes packs and registers; gives plans and packs that keep to what was printed. Only `files`, `inputs` and `verify` read
from disk, and nothing here writes.
"""

PUBLISHED = "published"
"""The folder, in that of a pack, which holds a folder for each publication."""
