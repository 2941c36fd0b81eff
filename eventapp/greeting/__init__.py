"""Nobody leaves without having met people: newcomers get a host, and guests a few people to look
for, each with the reason. plan.py has the rules.
"""

from eventapp.greeting.views import bp

__all__ = ["bp"]
