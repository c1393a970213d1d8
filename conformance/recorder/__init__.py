"""Records what the real Python libraries define, write and read. ``bin/record-conformance`` runs it."""
