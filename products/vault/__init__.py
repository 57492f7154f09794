"""The papers that prove: kept, tied to criteria, shown page by page."""
