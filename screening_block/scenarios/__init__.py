"""The admin of scenarios: the table, the form, the spreadsheet and “Try it”."""
