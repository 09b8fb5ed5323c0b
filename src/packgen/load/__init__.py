"""Reads a pack's folder: JSON and Markdown as written, with lines and columns, then the model.

`read_pack` gives raw values with their places and collects every problem of reading; `build_pack` turns raw values
that the schemas have accepted into the frozen model. Never judges what is said in them.
"""

from packgen.load.json_file import JsonFile, ProseOrigin
from packgen.load.model_of import build_pack
from packgen.load.raw_pack import RawPack, read_pack

__all__ = ["JsonFile", "ProseOrigin", "RawPack", "build_pack", "read_pack"]
