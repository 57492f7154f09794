"""Scoring without a network: what is taken along, its key, what comes back, the receipts, the page on the device."""
