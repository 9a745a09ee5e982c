"""The words of the pages in Persian and Russian; English stands in the code."""
