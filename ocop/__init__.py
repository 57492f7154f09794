"""The project package: what every stage of the programme stands on."""
