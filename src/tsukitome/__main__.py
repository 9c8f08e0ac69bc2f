"""Where a command's process begins: ``python -m tsukitome``, ``tsukitome`` and ``identify``.

From before the first import on, Python rarely looks for cyclic garbage: such a process is short, and a tenth of it went there.
"""

from tsukitome.archive.garbage import collect_rarely


def tsukitome() -> None:
    """The command ``tsukitome``."""
    collect_rarely()
    from tsukitome.cli import main

    main()


def identify() -> None:
    """The command ``identify``."""
    collect_rarely()
    from tsukitome.cli import identify_command

    identify_command()


if __name__ == "__main__":
    tsukitome()
