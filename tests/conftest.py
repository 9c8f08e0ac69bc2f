"""Settings of all tests: Hypothesis tries fewer examples than its default, unless TSUKITOME_THOROUGH asks for many."""

import os

from hypothesis import settings

settings.register_profile("quick", max_examples=30, deadline=None)
settings.register_profile("thorough", max_examples=500, deadline=None)
settings.load_profile("thorough" if os.environ.get("TSUKITOME_THOROUGH") else "quick")
