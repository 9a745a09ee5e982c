"""The libraries that reckon for the planner, as it uses them: HiGHS and numba."""
