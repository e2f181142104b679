#!/bin/bash
# Does the lab tell what must be so on any machine? A quick run of all models.

set -euo pipefail
lab/orderings
