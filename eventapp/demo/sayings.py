"""What guests and hosts of the demo community say and ask, in Spanish and in English."""

from __future__ import annotations

from typing import NamedTuple


class Question(NamedTuple):
    talk: int  # its place in the programme
    words: str
    is_anonymous: bool = False


class Recap(NamedTuple):
    words: str
    pictures: tuple[str, ...] = ()  # what each shows


# How the hosts look back on the last of the past evenings, the very last one last.
RECAPS_ES = (
    Recap(
        "Hubo tortilla, hubo índices y nadie se durmió. La pregunta de la noche: "
        "¿cuándo sobra una tabla?"
    ),
    Recap(
        "Enseñar a quien podría estar en su casa: Inês trajo tres ejercicios, y los hicimos todos. "
        "Faltaron sillas; la próxima vez, más.",
        ("Una mesa, justo antes de empezar",),
    ),
    Recap(
        "El robot quemó las cebollas también esta vez, en directo. Después, dos rondas de "
        "mesas pequeñas: quien vino por primera vez se fue habiendo conocido a alguien.",
        (
            "Cañas y charla debajo de las luces",
            "La mesa del fondo, en la segunda ronda",
            "Quienes cerraron el bar",
        ),
    ),
)
RECAPS_EN = (
    Recap(
        "There was tortilla, there were indexes, and nobody fell asleep. The question of the "
        "night: when is a table one too many?"
    ),
    Recap(
        "Teaching people who could be at home instead: Inês brought three exercises, and we did "
        "them all. We ran out of chairs; more of them next time.",
        ("A table, just before we started",),
    ),
    Recap(
        "The robot burned the onions this time too, live. Then two rounds at small tables: "
        "whoever came for the first time left having met somebody.",
        (
            "Beers and talk below the lights",
            "The table in the back, in the second round",
            "Those who closed the bar",
        ),
    ),
)
RECAPS = {"es": RECAPS_ES, "en": RECAPS_EN}
# What is asked of the talk of the last past evening.
ASKED_ES = (
    Question(0, "¿Cuánto cuesta el robot, comparado con un sueldo?"),
    Question(0, "¿Qué plato no le dejarías hacer nunca?"),
    Question(0, "¿Quién responde si alguien se corta?", is_anonymous=True),
    Question(0, "¿Compensa en un pueblo de trescientos habitantes?"),
)
ASKED_EN = (
    Question(0, "What does the robot cost, next to a salary?"),
    Question(0, "Which dish would you never let it cook?"),
    Question(0, "Who answers for it if somebody gets cut?", is_anonymous=True),
    Question(0, "Does it pay in a village of three hundred?"),
)
ASKED = {"es": ASKED_ES, "en": ASKED_EN}
# And tonight: the last one waits for a host.
TONIGHT_ES = (
    Question(0, "¿En qué momento supiste que había que cerrar?"),
    Question(1, "¿A cuánta gente preguntasteis antes de construirlo?"),
    Question(1, "¿Cómo se lo contaste a quien había puesto el dinero?", is_anonymous=True),
    Question(2, "¿Volverías a montar una imprenta?"),
    Question(0, "¿Alguien tiene un cargador?"),
)
TONIGHT_EN = (
    Question(0, "When did you know that you had to close?"),
    Question(1, "How many people did you ask before you built it?"),
    Question(1, "How did you tell those who had put in the money?", is_anonymous=True),
    Question(2, "Would you start a printing house again?"),
    Question(0, "Has anybody got a charger?"),
)
TONIGHT = {"es": TONIGHT_ES, "en": TONIGHT_EN}
# What somebody reports of the last past evening, and what the hosts answer.
REPORTED = {
    "es": (
        "La música estaba tan alta que en las mesas del fondo no se oía a nadie.",
        "Gracias por decirlo. El bar la baja a las ocho, y las mesas van lejos del altavoz.",
    ),
    "en": (
        "The music was so loud that nobody could be heard at the tables in the back.",
        "Thank you for telling us. The bar turns it down at eight, and the tables move away from "
        "the speaker.",
    ),
}
