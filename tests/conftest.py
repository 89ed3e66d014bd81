"""How Hypothesis looks for counterexamples: the same ones every time under CI, new ones elsewhere."""

import os

from hypothesis import HealthCheck, settings

slow_machines = [HealthCheck.too_slow]
settings.register_profile("default", deadline=None, suppress_health_check=slow_machines)
settings.register_profile("ci", deadline=None, suppress_health_check=slow_machines, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")
