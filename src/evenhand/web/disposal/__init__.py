"""What is due for review or disposal, holds, and certificates."""
