"""What a province had before the system: one certificate by hand, or all of them from Excel in two steps."""
