"""The register of scrutiny from outside: kept by a few, read by everybody."""
