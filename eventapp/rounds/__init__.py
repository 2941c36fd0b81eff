"""Ten-minute rounds at small tables, for those who want them.

plan.py    who sits with whom in each round
search.py  how a plan is found: a grid of people, then swaps
"""
