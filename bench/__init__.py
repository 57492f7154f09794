"""Measurements as ratios to a floor of the same run; `bin/bench` starts them, bench/README.md says how to read them."""
