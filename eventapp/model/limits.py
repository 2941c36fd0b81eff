"""Limits of lengths and numbers, for forms, imports, doors and the command line alike.

In characters, unless the comment says otherwise. Those of slugs (`SLUG_MOST`) and e-mail addresses
(`EMAIL_MOST`) are in core.
"""

PASTED_LIST_MOST = 150_000  # of guests; a longer one comes as a file
FILE_NAME_MOST = 200

NAME_MOST = 120  # of a person, or of a guest
LINE_MOST = 140  # "ask me about", "I want to learn"
TICKET_CODE_LEAST = 6  # of another tool's ticket: fewer are a number, which anybody could type
TICKET_CODE_MOST = 500
SOURCE_REF_MOST = 200  # an index of PostgreSQL holds no more than 2,700 bytes

COMPANIONS_MOST = 20  # that a guest may name on a form
COMPANION_NAMES_MOST = 10_000  # all of them, as they are typed
PARTY_MOST = 500  # people of one RSVP: a table that a company bought, on an imported list
CAPACITY_MOST = 1_000_000  # people

TITLE_MOST = 120  # of an event or a talk; the name of a speaker
DESCRIPTION_MOST = 10_000
HOSTS_LINE_MOST = 300  # to all guests: why an event is called off, or has moved
MESSAGE_SUBJECT_MOST = 120  # of what hosts write to guests
MESSAGE_MOST = 5000
PLACE_MOST = 200  # public or exact
LINK_MOST = 500  # to a chat or an online room; they have long secrets in them
TALKS_MOST = 40
SPEAKER_ABOUT_MOST = 140
ALT_MOST = 300  # of a cover, in words
DOOR_HOURS_MOST = 168  # hours before the start, and after the end: a week
MET_DAYS_MOST = 730  # days after the end

QUESTIONS_MOST = 12  # on an event's RSVP form
QUESTION_LABEL_MOST = 140
ONE_OF_OPTIONS_LEAST, ANY_OF_OPTIONS_LEAST = 2, 1
OPTIONS_MOST = 20  # of a question
OPTION_MOST = 80
SHORT_ANSWER_MOST = 140
LONG_ANSWER_MOST = 1000

COMMUNITY_NAME_MOST = 80
COMMUNITY_ABOUT_MOST = 2000
COMMUNITY_LINKS_MOST = 1000  # all of them
SYNONYMS_MOST = 5000  # all of them
QUESTION_MOST = 1000  # to the hosts of an event
DATA_CONTROLLER_MOST = 200
KEEP_MONTHS_MOST = 120  # months
MET_MAIL_HOURS = range(6, 23)  # at which "who did you meet?" may be mailed

DIGITS_TRIED_MOST = 5  # different ones, of one mail

DOOR_NAME_MOST = 60
PIN_LEAST, PIN_MOST = 4, 8  # digits, of a kiosk
OVER_REASON_MOST = 200
USER_AGENT_MOST = 300

NOTED_NAMES_MOST = 100  # of people on no list, of one guest at one event
NOTE_MOST = 1000  # on somebody whom one met
TAGS_MOST = 200  # all of them, as they are typed

IMPRESSION_MOST = 600  # a sentence or two
IMPRESSIONS_MOST = 10  # of a guest, on one event and its talks

RECAP_MOST = 5000  # what hosts say in it, without the quotes
PICTURES_MOST = 20  # of a person, at one event
EVENT_PICTURES_MOST = 300
BLOCKS_A_DAY_MOST = 30  # of a person
REPORTS_A_DAY_MOST = 5  # of a person, to organisers
REPORT_MOST = 3000  # of a report, or an answer to one

ROUND_MINUTES_LEAST, ROUND_MINUTES_MOST = 3, 30
TABLE_LEAST, TABLE_MOST = 2, 6  # people
ROUNDS_MOST = 20  # at an event
PAUSE_MINUTES_MOST = 30  # between two rounds

FLOOR_QUESTION_LEAST = 3  # letters: "Why?"; of scripts that write more in each, fewer
FLOOR_QUESTION_MOST = 280  # about a talk, on one line
FLOOR_QUESTIONS_MOST = 10  # of a guest, at one event

INTRODUCTIONS_A_WEEK_MOST = 5  # that a person makes
INTRODUCTIONS_GOT_A_WEEK_MOST = 3  # that a person is asked about, whoever makes them
INTRODUCTION_REASON_MOST = 500

CARD_LINE_MOST = 120
CARD_PHONE_MOST = 40
CARD_LINK_MOST = 300
CARD_ABOUT_MOST = 600

COUNT_SHOWN_FROM = 5  # people: fewer are not counted in public
