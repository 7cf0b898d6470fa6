"""The painter and its container. One BLAS thread, as the container has it; this comes before NumPy."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
