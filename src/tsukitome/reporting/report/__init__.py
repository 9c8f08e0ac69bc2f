"""The report of a case: one page that needs nothing else, and the same as Markdown, JSON, a workbook or CSV."""
