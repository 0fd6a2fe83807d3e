"""What uses what: asked before something goes, and shown where it stands."""
