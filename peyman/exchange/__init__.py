"""What goes out in other people's formats and comes back: each is written and read here.

`logs` reads CSV, Parquet and XES into columns and brings the rows of a case together;
`audit` holds them against a charter; `results` writes what came of it. They need the extra
`audit` (pyarrow). Source: docs/audit.md.

`sheets` says what the templates of a plan hold; `workbook` and `comma` write and read them
as XLSX and CSV; `request` answers the seventeen items that are asked of a transport request.
"""
