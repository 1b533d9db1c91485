"""Who takes a question, and when. Pure decisions on plain data: no I/O, no clock."""
