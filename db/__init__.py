"""PostgreSQL behind the ports of desk/store.py: plain SQL in sql/, one module a noun, nothing of the driver outside."""
