"""Where a command's process begins: ``python -m tsukitome``, ``tsukitome`` and ``identify``.

From before the first import on, Python rarely looks for cyclic garbage, and not at the end: such a process is short, and a quarter
of it went there.
"""

from tsukitome.archive.garbage import collect_rarely, not_at_the_end


def tsukitome() -> None:
    """The command ``tsukitome``."""
    _without_garbage()
    from tsukitome.cli import main

    main()


def identify() -> None:
    """The command ``identify``."""
    _without_garbage()
    from tsukitome.cli import identify_command

    identify_command()


def _without_garbage() -> None:
    collect_rarely()
    not_at_the_end()


if __name__ == "__main__":
    tsukitome()
