"""What the demo community met for, evening after evening, in Spanish and in English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    slug: str
    title: str
    description: str
    talk: str
    speaker: str


PLACES = (
    "Bar La Nave, Calle Mayor 12, Madrid",
    "Taberna El Sur, Calle Torrecilla 8, Madrid",
    "Coworking La Industrial, Calle San Andrés 8, Madrid",
)
THEMES = {
    "es": (
        Theme(
            "primera-ronda",
            "Primera ronda",
            "Nos juntamos por primera vez: **una charla, dos cañas**, y a ver qué pasa.",
            "Qué le pido a una tarde de jueves",
            "Olga Prat",
        ),
        Theme(
            "poner-precio",
            "Poner precio sin temblar",
            "Cuánto cobrar por lo que sabes hacer, con números de verdad.",
            "Subí los precios y no pasó nada",
            "Amara Nakamura",
        ),
        Theme(
            "pan-y-prisas",
            "Pan y prisas",
            "Un obrador cuenta qué aprendió de hacer las cosas despacio.",
            "Masa madre para impacientes",
            "Leire Etxebarria",
        ),
        Theme(
            "contratar",
            "Las cinco primeras personas",
            "A quién contratar cuando aún no sabes qué empresa eres.",
            "Contraté a mis amigos",
            "Hugo Dubois",
        ),
        Theme(
            "trenes",
            "Trenes nocturnos",
            "Por qué cuesta tanto cruzar una frontera durmiendo.",
            "Doce horas y tres locomotoras",
            "Jürgen Kowalski",
        ),
        Theme(
            "cooperativas",
            "Cooperativas que funcionan",
            "Decidir entre veinte sin que dure hasta las tantas.",
            "Una persona, un voto, una pizza",
            "Núria Puig i Soler",
        ),
        Theme(
            "concursos",
            "Concursos públicos, sin llorar",
            "Cómo leer un pliego, y cuándo cerrarlo.",
            "Ganamos uno y casi quebramos",
            "Iker Fernández-Vega",
        ),
        Theme(
            "bierzo",
            "Vinos del Bierzo",
            "Una cata, un mapa y la historia de una denominación.",
            "La uva que nadie quería",
            "Mónica Castaño",
        ),
        Theme(
            "hospitales",
            "Vender a hospitales",
            "Quién decide, quién firma y quién usa lo que vendes.",
            "Dieciocho meses hasta el primer sí",
            "Priya Domínguez",
        ),
        Theme(
            "postgres",
            "Postgres y pinchos",
            "Bases de datos para quien no las toca, con tortilla.",
            "El índice que faltaba",
            "Łukasz Núñez",
        ),
        Theme(
            "ensenar",
            "Enseñar a personas adultas",
            "Lo que cambia cuando nadie tiene que estar en clase.",
            "Mis alumnos saben más que yo",
            "Inês García",
        ),
        Theme(
            "robots",
            "Robots en la cocina",
            "Qué hace una máquina mejor que un pinche, y qué no.",
            "El robot que quemaba las cebollas",
            "Søren Muñoz",
        ),
    ),
    "en": (
        Theme(
            "first-round",
            "First round",
            "We meet for the first time: **one talk, two beers**, and let's see.",
            "What I want from a Thursday night",
            "Olga Prat",
        ),
        Theme(
            "pricing",
            "Pricing without trembling",
            "What to charge for what you know, with real numbers.",
            "I raised my prices and nothing happened",
            "Amara Nakamura",
        ),
        Theme(
            "bread-in-a-hurry",
            "Bread in a hurry",
            "A bakery tells what it learnt from doing things slowly.",
            "Sourdough for the impatient",
            "Leire Etxebarria",
        ),
        Theme(
            "first-five",
            "Hiring the first five",
            "Whom to hire while you don't know what company you are.",
            "I hired my friends",
            "Hugo Dubois",
        ),
        Theme(
            "night-trains",
            "Night trains",
            "Why it is so hard to cross a border asleep.",
            "Twelve hours and three engines",
            "Jürgen Kowalski",
        ),
        Theme(
            "cooperatives",
            "Cooperatives that work",
            "Deciding among twenty without staying up all night.",
            "One person, one vote, one pizza",
            "Núria Puig i Soler",
        ),
        Theme(
            "public-tenders",
            "Public tenders without tears",
            "How to read a call, and when to close it.",
            "We won one and nearly went broke",
            "Iker Fernández-Vega",
        ),
        Theme(
            "bierzo",
            "Wine from Bierzo",
            "A tasting, a map, and the story of an appellation.",
            "The grape that nobody wanted",
            "Mónica Castaño",
        ),
        Theme(
            "hospitals",
            "Selling to hospitals",
            "Who decides, who signs, and who uses what you sell.",
            "Eighteen months to the first yes",
            "Priya Domínguez",
        ),
        Theme(
            "postgres",
            "Postgres and tapas",
            "Databases for people who don't touch them, with tortilla.",
            "The index that was missing",
            "Łukasz Núñez",
        ),
        Theme(
            "teaching-adults",
            "Teaching adults",
            "What changes when nobody has to be in class.",
            "My students know more than I do",
            "Inês García",
        ),
        Theme(
            "kitchen-robots",
            "Robots in the kitchen",
            "What a machine does better than a kitchen hand, and what it doesn't.",
            "The robot that burnt the onions",
            "Søren Muñoz",
        ),
    ),
}
