"""Casework for the people who ask online platforms to take harmful content down."""
