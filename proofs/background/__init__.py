"""What a single page needs beyond its idea: lemmas in a file, or a folder, named after the page.

Read as syntax like the pages. May import lemmas and losses; only the page that it is named after
imports it. What a second page needs moves to `lemmas`.
"""
