#!/bin/bash
# Format, compile, static checks, tests, coverage, javadoc.

set -euo pipefail
rm -rf -- */target/surefire-reports # the counts at the end are those of this run
mvn --batch-mode --no-transfer-progress verify
