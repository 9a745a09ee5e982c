"""Logs of many cases: CSV, Parquet and XES 1.0, plain or gzip, in constant memory.

`opening` finds out what a file is; `tabular` and `xes` read it in batches; `columns` says
which column means what and `times` when; `encoding` turns a batch into numbers; `grouping`
brings the rows of a case together, on disk where a log is large.
"""
