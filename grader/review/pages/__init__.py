"""What each page says: view models, made from a snapshot of the class and what the address asks for."""
