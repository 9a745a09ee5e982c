"""The search's inner loop, compiled by numba: functions over arrays and nothing else."""
