"""Demo data: three provinces from their real plans, made through the domain functions, relative to the day of loading."""
