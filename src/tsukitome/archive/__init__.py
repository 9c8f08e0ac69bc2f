"""What has been read, kept with its provenance and coverage in one SQLite file."""
