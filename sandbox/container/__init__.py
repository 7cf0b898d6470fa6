"""Plays JumpStart's Hugging Face container: trains from an /opt/ml folder, and serves the artifact over HTTP.

One BLAS thread: two double the CPU time of so small a network for nothing. The setting only counts before
NumPy is first imported, so it stands here, ahead of every module of the package.
"""

import os

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
