"""Keys and sealed bytes: a record's own key, wrapped by the desk's key; the blind index."""
