"""Makes the Word templates that packgen ships, each by a module of its own, all in one house style."""
