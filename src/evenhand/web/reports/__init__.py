"""Reports from the public: what waits, each one opened and read, and settled by an officer."""
