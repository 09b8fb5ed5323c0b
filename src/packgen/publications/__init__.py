"""What became of a pack once it was published: its numbers, its notices, its supplements, its history.

Takes packs and registers; gives plans and packs that keep to what was printed. Only `files` touches the disk.
"""
