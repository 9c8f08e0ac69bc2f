"""``python -m tsukitome`` is the command ``tsukitome``."""

from tsukitome.cli import main

main()
