"""What changed in a pack since it was published.

Takes finished packs, as files, with the page maps that lie beside them; gives frozen values, and those as text or data.
What the public is told is made from public files alone.
"""
