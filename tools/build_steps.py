"""Steps of building the package, for what need not be there: without it everything works, only slower.

- The search's inner loops are compiled where there is a C compiler; where there is none, that is said. ``CC`` names the compiler
  (``cc``, if not set); ``TSUKITOME_PLAIN=1`` leaves them out.
- Each TOML table is put beside itself as JSON, which is read in a tenth of the time (``tsukitome/packaged.py``).
"""

from __future__ import annotations

import os
import runpy
import shlex
import subprocess
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "tsukitome"
FOLDER = f"{PACKAGE}/matching/index"
SOURCE, LIBRARY = "kernel.c", "_kernel.so"
FLAGS = ("-O3", "-ffp-contract=off", "-shared", "-fPIC", "-s")


def compile_kernel(source: Path, library: Path) -> str | None:
    """Compiles the loops; returns why that was not possible."""
    compiler = shlex.split(os.environ.get("CC") or "cc")
    made = library.with_name(f"{library.name}.{os.getpid()}")
    try:
        done = subprocess.run([*compiler, *FLAGS, "-o", str(made), str(source)], capture_output=True, text=True)
        if done.returncode == 0:
            made.replace(library)  # a process that runs keeps the old one
    except OSError as error:
        return str(error)
    finally:
        made.unlink(missing_ok=True)
    return None if done.returncode == 0 else done.stderr.strip()


def parse_tables(sources: Path, target: Path) -> list[Path]:
    """Writes what is read in place of each TOML table below ``sources``, at the same place below ``target``; returns the files."""
    told = runpy.run_path(str(sources / PACKAGE / "packaged.py"))  # the package itself is not installed yet
    made = []
    for table in sorted((sources / PACKAGE).rglob("*.toml")):
        parsed = target / table.relative_to(sources).with_name(told["parsed_name"](table.name))
        parsed.parent.mkdir(parents=True, exist_ok=True)
        parsed.write_bytes(told["parsed"](table.read_bytes()))
        made.append(parsed)
    return made


class BuildSteps(BuildHookInterface[Any]):
    """Puts what is made into the wheel; beside its source, for an installation that is edited."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        sources = Path(self.root) / "src"
        self._folder = None if version == "editable" else tempfile.TemporaryDirectory()
        target = sources if self._folder is None else Path(self._folder.name)
        made = parse_tables(sources, target)
        if os.environ.get("TSUKITOME_PLAIN") != "1":
            library = target / FOLDER / LIBRARY
            library.parent.mkdir(parents=True, exist_ok=True)
            if problem := compile_kernel(sources / FOLDER / SOURCE, library):
                self.app.display_warning(f"The search will do without its compiled loops, some times slower: {problem}")
            elif self._folder:
                platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
                build_data["tag"], build_data["pure_python"] = f"py3-none-{platform}", False
                made.append(library)
        if self._folder:
            build_data["force_include"] |= {str(file): file.relative_to(target).as_posix() for file in made}

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        del version, build_data, artifact_path
        if folder := getattr(self, "_folder", None):
            folder.cleanup()
