"""From an idea to a product: taken in while a plan's window is open, screened by its rules, chosen or carried on."""
