"""The parts of tools/stack, which runs the whole suite privately in one folder."""
