"""Channels: one class a platform, each in files of its own name. They translate and decide nothing."""
