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
