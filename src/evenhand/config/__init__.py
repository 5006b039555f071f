"""The roof: settings, addresses, desk profiles and law data."""
