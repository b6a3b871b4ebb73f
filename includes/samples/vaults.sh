#!/bin/sh
# <list>
# Which vaults are there, and in which region?
az backup vault list \
  --query "[].{name: name, region: location}" \
  --output table
# </list>
