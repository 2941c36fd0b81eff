"""The schema. Data flows down:

    Community ── Organiser ── Person ── MailedCode, Session
        │ │         └─ Portrait │          their picture, by their own act
        │ ├─ Logo               │          its picture
        │ ├─ RememberedList     │          what was said of a list, for the next one
        │ ├─ AuditEntry         │          what organisers did to others' data
        │ └─ Follow ────────────┤          who is mailed its new events
      Event ── Talk             │
        │ └─ EventChange        │          of its time or place, told or not
        │ └─ ConductReport ── ConductAnswer    what a guest reported to the organisers
        │ └─ Question               on its RSVP form; answered in Rsvp.answers
        │ └─ Cover ── CoverFile │          its picture, in several sizes
        │ └─ NearWord           │          how a mistyped name is found
        │ └─ GuestImport        │          a list that was handed in, and what became of it
        │ └─ BadgeSheet         │          badges that the worker draws
        │ └─ OrganiserMessage   │          what organisers wrote to guests
        │ └─ SuggestionPlan     │          what its suggestions were made from
        │ └─ KeptFigures        │          of its report, until five have answered otherwise
        │ └─ Impression ────────┤          what somebody who was there takes with them
        │      └─ Quote                    and that hosts want it in the recap
        │ └─ EventPicture ──────┤          what somebody who was there, or a host, photographed
        │      └─ EventPictureFile         in several sizes; none once it was taken down
        │ └─ Recap                         what its hosts gather of it afterwards
        │ └─ Rounds ── Round    │          at small tables, where hosts switched them on
        │ └─ Floor, FloorQuestion ─ FloorVote  what guests ask about the talks, and vote for
        └────── Rsvp ───────────┘          one per person and event
                 │ └─ NameWord             how a door finds them
                 │ └─ TicketCode           of another tool's ticket, which opens the door as well
                 │ ├─ GuestChange          what an organiser changed by hand, to undo it
                 │ ├─ MergedGuest          the id and the badge of one who became one with them
                 │ ├─ MergedRef            what a list calls one who became one with them
                 │ └─ ImportedGuest        what an import did to them, to take it back
                 │
                 ├─ CheckIn                one per RSVP: they are in
                 │    └─ CheckOut              and have left again
                 ├─ DoorLog                one row per scan id: what happened
                 │    ├─ DoorConflict          offline, and against the rules
                 │    └─ DoorLink, DoorPass    who may stand at the door
                 ├─ WrongTries             of letters and PINs, counted
                 │
                 ├─ RoundsTick, RoundSeat  takes part in rounds; sat at a table
                 ├─ Suggestion             whom else to look for, or which host greets them
                 ├─ NotedName              somebody met who is on no list: the guest's own note
                 └─ Encounter              one per pair and direction
                       │
                     Card, CardShare, CardWithdrawal    what crosses once mutual
                     Introduction ── IntroductionSide   of two contacts; joined, cards cross as well
                     PassedContact                      to somebody outside, at a secret address
                     Block                              hides two people from each other
                     FollowUpFeed                       the noter's days, for their calendar
                     PersonalFeed                       a person's own events, likewise

    OutboxMail                             what is told by mail, in the same transaction; most
      │                                    of them about an Rsvp
    Notice                                 what may be told once only
    SentForm                               which rows a form has added, if it is sent again
    BackupRun                              how the nightly copies went

Every row hangs on one event or one community (a person and their cards excepted),
so that one community can move to a database of its own.
"""

from eventapp.core.backup.runs import BackupRun
from eventapp.core.outbox import OutboxMail
from eventapp.core.sent_forms import SentForm
from eventapp.model.audit import Actor, AuditEntry, AuditVerb
from eventapp.model.badge_sheet import BadgeSheet
from eventapp.model.block import Block
from eventapp.model.card import CARD_FIELDS, NAME_PARTS, Card, CardShare, CardWithdrawal
from eventapp.model.check_in import (
    CheckIn,
    CheckOut,
    DoorConflict,
    DoorLog,
    DoorVerb,
    Outcome,
    Reason,
)
from eventapp.model.community import Community, Organiser
from eventapp.model.conduct_report import ConductAnswer, ConductReport, Subject
from eventapp.model.cover import (
    COVER_WIDTHS,
    JPEG_WIDTH,
    Cover,
    CoverFile,
    Focus,
    PictureFormat,
)
from eventapp.model.door import DoorLink, DoorPass, DoorRole
from eventapp.model.encounter import Encounter
from eventapp.model.event import Event
from eventapp.model.event_change import IN_THE_CALENDAR, ON_THE_TICKET, EventChange
from eventapp.model.event_picture import EventPicture, EventPictureFile
from eventapp.model.floor import Floor, FloorQuestion, FloorVote
from eventapp.model.follow import Follow
from eventapp.model.follow_up_feed import FollowUpFeed
from eventapp.model.guest_change import GuestChange
from eventapp.model.guest_import import GuestImport, ImportedGuest, Stays
from eventapp.model.impression import Audience, Impression
from eventapp.model.introduction import (
    LAPSES_AFTER,
    CameOfIt,
    Introduction,
    IntroductionSide,
)
from eventapp.model.kept_figures import KeptFigures
from eventapp.model.kiosk import WrongTries
from eventapp.model.merged import MergedGuest, MergedRef
from eventapp.model.name_word import NameWord, NearWord
from eventapp.model.noted_name import NotedName
from eventapp.model.notice import Notice, NoticeKind
from eventapp.model.organiser_message import OrganiserMessage
from eventapp.model.passed_contact import PassedContact
from eventapp.model.person import Person
from eventapp.model.personal_feed import PersonalFeed
from eventapp.model.question import (
    BETWEEN_CHOSEN,
    HAVE_OPTIONS,
    Question,
    QuestionKind,
    heading_key,
)
from eventapp.model.recap import Quote, Recap
from eventapp.model.remembered_list import RememberedList
from eventapp.model.round import Round, Rounds, RoundSeat, RoundsTick
from eventapp.model.rsvp import (
    AWAITED,
    DECLINED,
    LINES,
    NOBODY,
    Listing,
    Rsvp,
    Source,
    Status,
)
from eventapp.model.sign_in import MailedCode, Session
from eventapp.model.square_picture import (
    LARGE_SIDE,
    SMALL_SIDE,
    Logo,
    Portrait,
    SquarePicture,
)
from eventapp.model.suggestion import Suggestion, SuggestionPlan
from eventapp.model.talk import Talk
from eventapp.model.ticket_code import TicketCode

__all__ = [
    "AWAITED",
    "BETWEEN_CHOSEN",
    "CARD_FIELDS",
    "COVER_WIDTHS",
    "DECLINED",
    "HAVE_OPTIONS",
    "IN_THE_CALENDAR",
    "JPEG_WIDTH",
    "LAPSES_AFTER",
    "LARGE_SIDE",
    "LINES",
    "NAME_PARTS",
    "NOBODY",
    "ON_THE_TICKET",
    "SMALL_SIDE",
    "Actor",
    "Audience",
    "AuditEntry",
    "AuditVerb",
    "BackupRun",
    "BadgeSheet",
    "Block",
    "CameOfIt",
    "Card",
    "CardShare",
    "CardWithdrawal",
    "CheckIn",
    "CheckOut",
    "Community",
    "ConductAnswer",
    "ConductReport",
    "Cover",
    "CoverFile",
    "DoorConflict",
    "DoorLink",
    "DoorLog",
    "DoorPass",
    "DoorRole",
    "DoorVerb",
    "Encounter",
    "Event",
    "EventChange",
    "EventPicture",
    "EventPictureFile",
    "Floor",
    "FloorQuestion",
    "FloorVote",
    "Focus",
    "Follow",
    "FollowUpFeed",
    "GuestChange",
    "GuestImport",
    "ImportedGuest",
    "Impression",
    "Introduction",
    "IntroductionSide",
    "KeptFigures",
    "Listing",
    "Logo",
    "MailedCode",
    "MergedGuest",
    "MergedRef",
    "NameWord",
    "NearWord",
    "NotedName",
    "Notice",
    "NoticeKind",
    "Organiser",
    "OrganiserMessage",
    "OutboxMail",
    "Outcome",
    "PassedContact",
    "Person",
    "PersonalFeed",
    "PictureFormat",
    "Portrait",
    "Question",
    "QuestionKind",
    "Quote",
    "Reason",
    "Recap",
    "RememberedList",
    "Round",
    "RoundSeat",
    "Rounds",
    "RoundsTick",
    "Rsvp",
    "SentForm",
    "Session",
    "Source",
    "SquarePicture",
    "Status",
    "Stays",
    "Subject",
    "Suggestion",
    "SuggestionPlan",
    "Talk",
    "TicketCode",
    "WrongTries",
    "heading_key",
]
