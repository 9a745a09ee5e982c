"""The case in the browser: the only Django there is, and one app.

Pages are drawn on the server from the same reading that the command line prints. What is
written goes through one door (`record`); every table but the record's own is a projection
(`projections`) that `peyman rebuild` drops and refills; who sees what is asked in one place
(`access`).
"""
