"""Tests of the trusted core: planted faults are refused for the right reason, twins pass."""
