"""Settings, wiring, workers and the command line: the only place that knows every adapter."""
