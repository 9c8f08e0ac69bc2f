"""The answer as a terminal table, a page, a CSV table, a data frame. Whatever a record prints is shown as inert text."""
