"""Questions of the library: asked, answered exactly, published, and corrected openly."""
