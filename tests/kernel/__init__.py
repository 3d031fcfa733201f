"""Tests of the trusted core: every planted fault is refused for the right reason, and its true twin
passes.
"""
