"""The default store: ArcadeDB inside this process."""
