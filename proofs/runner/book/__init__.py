"""The book: the pages as a person reads them, a static site made from the modules and from a run.

    python -m proofs.runner.book DIR           proves everything and writes the book
    pytest proofs/ --book DIR                  the same, after the run, with what the run found

`chapters` is what a run knows of a page, as plain data, and `listening` what its lemmas proved;
`references` is what rests on what, by the names in the sources; `prose` and `typesetting` make HTML
of words and formulas; `sights` is what is to be seen of a witness, from its `values`, and
`pictures` draws it; `figures` draws what article A shows, `mapping` which claims rest on which,
each with `drawing`; `site` puts it together from the templates. Only the runner imports this room.
Its libraries are the extra `book`.
"""
