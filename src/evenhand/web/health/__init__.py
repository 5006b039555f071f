"""Whether the desk lives and is ready, for load balancers and monitoring."""
