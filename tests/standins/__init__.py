"""Servers that speak the real platforms' protocols on loopback sockets, for tests."""
