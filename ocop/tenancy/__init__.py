"""One authority's whole programme is a tenant; this room keeps tenants apart with two locks and one key."""
