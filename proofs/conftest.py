"""The door to pytest for a checkout: what `runner/collecting.py` does with the pages."""

import gc

gc.disable()  # what is imported stays: to look among it for what does not is in vain

from proofs.runner import collecting  # noqa: E402

gc.freeze()
gc.enable()

pytest_addoption = collecting.pytest_addoption
pytest_collect_file = collecting.pytest_collect_file
pytest_collection_finish = collecting.pytest_collection_finish
pytest_configure = collecting.pytest_configure
pytest_pycollect_makemodule = collecting.pytest_pycollect_makemodule
pytest_report_teststatus = collecting.pytest_report_teststatus
pytest_runtest_makereport = collecting.pytest_runtest_makereport
pytest_runtestloop = collecting.pytest_runtestloop
pytest_sessionfinish = collecting.pytest_sessionfinish
pytest_terminal_summary = collecting.pytest_terminal_summary
pytest_xdist_make_scheduler = collecting.pytest_xdist_make_scheduler
