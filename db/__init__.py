"""PostgreSQL behind the ports of desk/store/: plain SQL in sql/, one module a noun, nothing of the driver outside."""
