"""What the public may not read, and whether it stands in a finished file.

Takes a pack as it was written, with the words of its papers, and finished files; gives the places where something
private stands. Goes by the pack as it was written, not by what was made of it for the public, so that a fault there is
found here. Never repeats what is private, and never changes a file.
"""
