"""Sets NumPy to one thread, also when a pytest plugin has imported it already and the environment comes too late."""

import ctypes
import os
import sys
from pathlib import Path

SETTER = "scipy_openblas_set_num_threads64_"
"""What NumPy's wheels call OpenBLAS's function; other builds of NumPy keep their threads."""
LOADED = Path("/proc/self/maps")


def use_one_thread() -> None:
    """Tell OpenBLAS, loaded or not yet loaded."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if "numpy" not in sys.modules or not LOADED.exists():
        return
    paths = {line.split()[-1] for line in LOADED.read_text().splitlines() if "openblas" in line}
    for path in paths:
        library = ctypes.CDLL(path)
        if hasattr(library, SETTER):
            getattr(library, SETTER)(1)
