"""Find a plan and prove how good it is; whether it is allowed, `peyman.force.checking` says."""
