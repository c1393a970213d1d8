"""The Python side of the interop tests: the real libraries, controlled by JSON lines."""
