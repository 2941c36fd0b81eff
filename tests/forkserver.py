"""What the processes of races are forked from: everything is imported, made and compiled. None of
it is for the garbage collector, which would copy the memory of all of it into each process.
"""

import gc

from sqlalchemy.orm import configure_mappers

import tests.conftest
import tests.racing  # noqa: F401
from tests.processes import NOT_CONNECTED_YET, app_for

for kind in NOT_CONNECTED_YET:
    environment = app_for(kind).jinja_env
    for template in environment.list_templates():
        environment.get_template(template)
configure_mappers()
gc.collect()
gc.freeze()
