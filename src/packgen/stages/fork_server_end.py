"""How the process that workers are forked from ends, and nothing but that process may import this: at once.

Python would first take apart all that is loaded in it. It starts with the output of the command that wanted it, and
whoever reads that through a pipe waits until the last process that could write to it is gone.
"""

import atexit
import os

atexit.register(os._exit, 0)
