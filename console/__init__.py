"""The web desk: pages for staff and volunteers, and the JSON API."""
