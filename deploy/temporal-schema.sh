#!/bin/sh
# Makes Temporal's two databases and brings their schemas up to date. May be run again at any time.
set -eu
for name in temporal temporal_visibility; do
  directory=${name#temporal_}
  temporal-sql-tool --db "$name" create 2>/dev/null || echo "database $name is there"
  temporal-sql-tool --db "$name" setup-schema -v 0.0 2>/dev/null || echo "schema of $name is there"
  temporal-sql-tool --db "$name" update-schema -d "/etc/temporal/schema/postgresql/v12/$directory/versioned"
done
