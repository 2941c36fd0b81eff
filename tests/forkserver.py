"""What the processes of races are forked from: everything is imported, made and compiled."""

from sqlalchemy.orm import configure_mappers

import tests.conftest
import tests.racing  # noqa: F401
from tests.processes import NOT_CONNECTED_YET, app_for

for kind in NOT_CONNECTED_YET:
    environment = app_for(kind).jinja_env
    for template in environment.list_templates():
        environment.get_template(template)
configure_mappers()
