"""Results of earlier builds, kept on disk under the hash of all that they depend on.

Takes keys and values; gives values back, or nothing. What is damaged counts as not there. Never decides what a result
depends on: whoever asks says so with the key.
"""

from packgen.cache.digest import digest
from packgen.cache.store import Store
from packgen.cache.version import program_version, version_of

__all__ = ["Store", "digest", "program_version", "version_of"]
