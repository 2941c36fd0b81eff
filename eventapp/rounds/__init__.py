"""Ten-minute rounds at small tables, for those who want them.

plan.py  who sits with whom in each round
"""
