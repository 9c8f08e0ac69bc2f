"""A step of building the package: compiles the search's inner loops where there is a C compiler, and says so where there is
none. Without them everything works, with numpy alone.

``CC`` names the compiler (``cc``, if not set); ``TSUKITOME_PLAIN=1`` leaves them out.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDER = "tsukitome/matching/index"
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


class KernelHook(BuildHookInterface[Any]):
    """Puts the compiled loops into the wheel; beside their source, for an installation that is edited."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or os.environ.get("TSUKITOME_PLAIN") == "1":
            return
        source = Path(self.root) / "src" / FOLDER / SOURCE
        edited = version == "editable"
        self._folder = None if edited else tempfile.TemporaryDirectory()
        library = (source.parent if self._folder is None else Path(self._folder.name)) / LIBRARY
        if problem := compile_kernel(source, library):
            self.app.display_warning(f"The search will do without its compiled loops, some times slower: {problem}")
        elif not edited:
            platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
            build_data["tag"], build_data["pure_python"] = f"py3-none-{platform}", False
            build_data["force_include"][str(library)] = f"{FOLDER}/{LIBRARY}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        del version, build_data, artifact_path
        if folder := getattr(self, "_folder", None):
            folder.cleanup()
