"""What goes on paper: decisions as legal acts, letters, PDF and the stored originals."""
