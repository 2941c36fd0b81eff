"""The door and the RSVP under load, beside the limits they are measured against.

python -m bench            # what `make bench` runs
python -m bench --quick    # smaller, in a minute: for a look, not for a claim
"""
