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
MEN = {"José", "Łukasz", "Søren", "Hugo", "Xavi", "Ahmed", "Óscar", "Jürgen", "Iker"}
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
# What they do: as it is said of a woman, and of a man.
ROLES_ES = (
    ("panadera", "panadero"), ("contable", "contable"), ("programadora", "programador"),
    ("enfermera", "enfermero"), ("arquitecta", "arquitecto"), ("profesora", "profesor"),
    ("librera", "librero"),
)  # fmt: skip
ROLES_EN = ("baker", "accountant", "programmer", "nurse", "architect", "teacher", "bookseller")
ROLES = {"es": ROLES_ES, "en": tuple((role, role) for role in ROLES_EN)}


def role_of(name: str, roles: tuple[str, str]) -> str:
    """The one of the two that fits who has this name."""
    return roles[name.split()[0] in MEN]
