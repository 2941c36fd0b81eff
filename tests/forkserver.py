"""What the processes of races are forked from: everything is imported and made."""

from sqlalchemy.orm import configure_mappers

from tests.processes import NOT_CONNECTED_YET, app_for

for kind in NOT_CONNECTED_YET:
    app_for(kind)
configure_mappers()
