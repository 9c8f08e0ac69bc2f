"""The index beside an archive: columns and postings in one mapped file, so that no question has to read every record."""
