"""An officer's saved lists."""
