"""Who looks at logs from outside: cosignatures, and evidence of forks."""
