"""What comes from other systems and goes to them: so far logs of many cases, and their audit.

`logs` reads CSV, Parquet and XES into columns and brings the rows of a case together;
`audit` holds them against a charter; `results` writes what came of it. Needs the extra
`audit` (numpy and pyarrow). Source: docs/audit.md.
"""
