"""Measures, reports and plots: what the desk saw, drawn and written for people. See docs/adr/0007-plots.md."""
