#!/bin/sh
# Makes the namespace with its retention and our search attributes. May be run again at any time.
set -eu
describe() { temporal operator namespace describe --namespace kboss >/dev/null 2>&1; }
attempts=0
until describe || temporal operator namespace create --namespace kboss --retention 90d; do
  attempts=$((attempts + 1))
  [ "$attempts" -lt 30 ] || exit 1
  sleep 2
done
temporal operator namespace update --namespace kboss --retention 90d
for attribute in KbossNo KbossOrganisation KbossCustomer KbossSupplier KbossStage KbossProduct KbossWaitsFor; do
  temporal operator search-attribute create --namespace kboss --name "$attribute" --type Keyword || true
done
temporal operator search-attribute create --namespace kboss --name KbossDueAt --type Datetime || true
temporal operator search-attribute create --namespace kboss --name KbossNeedsAttention --type Bool || true
temporal operator search-attribute create --namespace kboss --name KbossAmount --type Int || true
