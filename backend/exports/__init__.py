"""Lists as files: asked for with a purpose, made by the worker in the asker's name, kept for a week."""
