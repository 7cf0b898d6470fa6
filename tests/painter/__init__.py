"""The painter and its container, on one BLAS thread as the container has it: two double the CPU time for nothing."""

from tests.painter.blas import use_one_thread

use_one_thread()
