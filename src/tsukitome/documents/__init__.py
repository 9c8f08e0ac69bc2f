"""Files as cells and lines that remember where they stood; nothing here knows what an award is."""
