"""The Python side of the interop tests: the real libraries, told what to do by JSON lines."""
