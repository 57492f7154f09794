ROUTES: list[tuple[str, type]] = []
