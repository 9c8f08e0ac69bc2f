"""What builds `sample_data/`: a plan of awards, and one writer for each shape of source."""
