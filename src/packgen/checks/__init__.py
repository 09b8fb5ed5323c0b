"""What a careful officer looks at before a pack goes out: slips that no schema can see.

Takes a pack as it was read and the council's settings; gives warnings, each with its place. Each check is a room of its
own with a code, an explanation, and a function from a `Subject` to problems; none reads a file, and none draws. What a
council does not want, its settings switch off.
"""

from packgen.checks.registry import CHECKS, Check, check_pack
from packgen.checks.subject import Subject

__all__ = ["CHECKS", "Check", "Subject", "check_pack"]
