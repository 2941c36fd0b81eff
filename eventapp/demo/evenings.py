"""What the demo community plans, in Spanish and in English."""

from __future__ import annotations

from dataclasses import dataclass

from eventapp.events.programme import PlannedTalk
from eventapp.model import QuestionKind
from eventapp.rounds.actions import Settings
from eventapp.rsvp.actions import PlannedQuestion


@dataclass(frozen=True)
class Words:
    slug: str
    title: str
    description: str
    talks: tuple[PlannedTalk, ...]
    asks: tuple[PlannedQuestion, ...] = ()


@dataclass(frozen=True)
class Evening:
    place: str
    days_ahead: int  # 0 means in an hour, so that its door is open
    guests: int
    arrived: int
    capacity: int | None
    words: dict[str, Words]  # by language
    pending: int = 0  # of its guests; an event that has some asks for approval
    exact_address: str = ""
    private_link: str = ""
    rounds: Settings | None = None  # in which some of those who have arrived take part


EVENINGS = (
    Evening(
        "Bar La Nave, Calle Mayor 12, Madrid",
        days_ahead=-1,
        guests=28,
        arrived=22,
        capacity=40,
        words={
            "es": Words(
                "canas-y-balances",
                "Cañas y balances",
                "Cómo leer un balance **sin quedarse dormido**, con una caña en la mano.",
                (
                    PlannedTalk(
                        "Un balance en diez minutos",
                        "Begoña Peña",
                        "lleva las cuentas de cuarenta tiendas pequeñas",
                        30,
                    ),
                ),
            ),
            "en": Words(
                "beers-and-balance-sheets",
                "Beers and balance sheets",
                "How to read a balance sheet **without falling asleep**, beer in hand.",
                (
                    PlannedTalk(
                        "A balance sheet in ten minutes",
                        "Begoña Peña",
                        "keeps the books of forty small shops",
                        30,
                    ),
                ),
            ),
        },
    ),
    Evening(
        "Taberna El Sur, Calle Torrecilla 8, Madrid",
        days_ahead=0,
        guests=36,
        arrived=9,
        capacity=45,
        rounds=Settings(minutes=10, table_size=4, count=3, pause_minutes=2),
        words={
            "es": Words(
                "noche-de-fracasos",
                "Noche de fracasos",
                "Tres personas cuentan qué salió mal y qué volverían a hacer.\n\n"
                "Sin diapositivas ni discursos de venta. Después charlamos, y a quien no conoce "
                "a nadie le presentamos a alguien.",
                (
                    PlannedTalk(
                        "El restaurante que duró un verano",
                        "Iker Etxebarria",
                        "vuelve a cocinar",
                        30,
                        50,
                    ),
                    PlannedTalk(
                        "Lo hicimos y no vino nadie",
                        "Priya Dubois",
                        "programadora y fundadora",
                        55,
                        75,
                    ),
                    PlannedTalk(
                        "Despedirme a mí mismo", "Jürgen Kowalski", "tuvo una imprenta", 80, 105
                    ),
                ),
            ),
            "en": Words(
                "a-night-of-failures",
                "A night of failures",
                "Three people tell what went wrong, and what they would do again.\n\n"
                "No slides, no pitches. Afterwards we talk, and if you know nobody, we introduce "
                "you to somebody.",
                (
                    PlannedTalk(
                        "The restaurant that lasted a summer",
                        "Iker Etxebarria",
                        "cooks again",
                        30,
                        50,
                    ),
                    PlannedTalk(
                        "We built it and nobody came",
                        "Priya Dubois",
                        "programmer and founder",
                        55,
                        75,
                    ),
                    PlannedTalk(
                        "Firing myself", "Jürgen Kowalski", "ran a printing house", 80, 105
                    ),
                ),
            ),
        },
    ),
    Evening(
        "Coworking La Industrial, Calle San Andrés 8, Madrid",
        days_ahead=16,
        guests=12,
        arrived=0,
        capacity=12,
        words={
            "es": Words(
                "vinos-y-datos",
                "Vinos y datos",
                "Una cata de cinco vinos y una charla honesta sobre lo que los datos *no* cuentan.",
                (PlannedTalk("Lo que callaban los números", "Amara Nakamura", minutes_in=45),),
                (
                    PlannedQuestion(
                        "¿Hay algo que no comas?",
                        QuestionKind.ANY_OF,
                        ("Carne", "Pescado", "Gluten", "Lactosa"),
                    ),
                ),
            ),
            "en": Words(
                "wine-and-data",
                "Wine and data",
                "A tasting of five wines, and an honest talk about what data can*not* tell.",
                (PlannedTalk("What the numbers left out", "Amara Nakamura", minutes_in=45),),
                (
                    PlannedQuestion(
                        "Is there anything you don't eat?",
                        QuestionKind.ANY_OF,
                        ("Meat", "Fish", "Gluten", "Lactose"),
                    ),
                ),
            ),
        },
    ),
    Evening(
        "Lavapiés, Madrid",
        days_ahead=30,
        guests=9,
        arrived=0,
        capacity=10,
        pending=3,
        exact_address="Calle del Olivar 12, azotea",
        private_link="https://chat.example.org/azotea",
        words={
            "es": Words(
                "cena-en-la-azotea",
                "Cena en la azotea",
                "Una mesa larga, diez personas y una pregunta: *¿qué harías distinto?*\n\n"
                "Cada cual trae un plato. Somos pocos, así que miramos quién viene, para que haya "
                "de todo.",
                (),
            ),
            "en": Words(
                "supper-on-the-roof",
                "Supper on the roof",
                "One long table, ten people, and a question: *what would you do differently?*\n\n"
                "Everybody brings a dish. There are few of us, so we look at who comes, for a good "
                "mix.",
                (),
            ),
        },
    ),
)
