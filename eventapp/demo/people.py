"""Who the demo community is, and who comes, in Spanish and in English."""

from __future__ import annotations

ORGANISER = "olga@example.org"
COMMUNITY = {
    "es": {
        "slug": "los-jueves",
        "name": "Los Jueves",
        "about": "Gente que queda los jueves para tomar algo y oír una buena charla. "
        "Nadie vende nada.",
        "data_controller": "Asociación Los Jueves",
    },
    "en": {
        "slug": "thursdays",
        "name": "Thursdays",
        "about": "People who meet on Thursdays over drinks and a good talk. Nobody sells anything.",
        "data_controller": "The Thursdays Association",
    },
}
FIRST_NAMES = (
    "Ana", "José", "Núria", "Łukasz", "Irene", "Begoña", "Søren", "Priya", "Zoë", "Hugo",
    "Leire", "Xavi", "Mónica", "Ahmed", "Yuki", "Óscar", "Inês", "Jürgen", "Amara", "Iker",
)  # fmt: skip
LAST_NAMES = (
    "Núñez", "de la Fuente", "Puig i Soler", "Muñoz", "O'Brien", "Fernández-Vega", "Kowalski",
    "Domínguez", "Öztürk", "Nakamura", "Castaño", "Etxebarria", "García", "Dubois",
)  # fmt: skip
TOPICS_ES = (
    "poner precio a un servicio", "masa madre", "las cinco primeras contrataciones", "Postgres",
    "vinos del Bierzo", "vender a hospitales", "cooperativas", "trenes nocturnos",
    "leer un balance", "enseñar a personas adultas", "robots de cocina", "concursos públicos",
)  # fmt: skip
TOPICS_EN = (
    "pricing a service", "sourdough", "hiring the first five", "Postgres", "wine from Bierzo",
    "selling to hospitals", "cooperatives", "night trains", "reading a balance sheet",
    "teaching adults", "robots in kitchens", "public tenders",
)  # fmt: skip
TOPICS = {"es": TOPICS_ES, "en": TOPICS_EN}
# What they do, and what they take with them from an evening.
ROLES_ES = ("panadera", "contable", "programador", "enfermera", "arquitecta", "profesor", "librera")
ROLES_EN = ("baker", "accountant", "programmer", "nurse", "architect", "teacher", "bookseller")
ROLES = {"es": ROLES_ES, "en": ROLES_EN}
TAKEN_ES = (
    "Que nadie me vendiera nada, y aun así salí con dos ideas para mi tienda.",
    "Vine sin conocer a nadie y me quedé hasta el final.",
    "La pregunta del fondo de la sala: todavía la estoy pensando.",
    "Apunté tres libros y un nombre al que escribir mañana.",
    "Por fin entendí algo que llevaba años fingiendo entender.",
    "Más tiempo para hablar después de la charla, por favor.",
)  # fmt: skip
TAKEN_EN = (
    "Nobody sold me anything, and still I left with two ideas for my shop.",
    "I came knowing nobody and stayed to the end.",
    "The question from the back of the room: I'm still thinking about it.",
    "I wrote down three books, and a name to write to tomorrow.",
    "At last I understood something I had pretended to understand for years.",
    "More time to talk after the talk, please.",
)  # fmt: skip
TAKEN = {"es": TAKEN_ES, "en": TAKEN_EN}
# Why somebody introduces two others.
REASONS_ES = (
    "Buscáis lo mismo desde dos lados: merece un café.",
    "Una abre tienda en otoño y la otra ya ha abierto dos.",
    "Hablasteis de lo mismo conmigo, sin conoceros.",
    "Creo que os ahorraríais medio año la una a la otra.",
)
REASONS_EN = (
    "You're after the same thing from two sides: it's worth a coffee.",
    "One of you opens a shop this autumn, and the other has opened two.",
    "You both talked to me about the same thing, without knowing each other.",
    "I think you'd save each other half a year.",
)
REASONS = {"es": REASONS_ES, "en": REASONS_EN}
