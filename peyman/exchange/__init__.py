"""What goes out in other people's formats and comes back: each is written and read here.

`sheets` says what the templates of a plan hold; `workbook` and `comma` write and read them as XLSX
and CSV; `request` answers the seventeen items that are asked of a transport request.
"""
