"""Packages between tiers, up and back down."""
