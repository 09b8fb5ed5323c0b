"""JSON Schemas: which there are, what they find wrong, and where prose stands in data.

Takes folders of `<name>.schema.json`, gives findings in an officer's words with a path into the data. Draft 2020-12;
references are resolved among these files only, never over a network.
"""

from packgen.schemas.findings import Finding, json_path
from packgen.schemas.schema_set import FROM_PACK, SchemaSet, schema_files

__all__ = ["FROM_PACK", "Finding", "SchemaSet", "json_path", "schema_files"]
