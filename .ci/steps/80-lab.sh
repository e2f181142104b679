#!/bin/bash
# Does the lab tell what must be so on any machine? A quick run of all models, under the workloads that show it.

set -euo pipefail
lab/orderings
