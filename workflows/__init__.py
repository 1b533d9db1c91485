"""Business verbs, one a file. The only place where transactions open and ports are called."""
