"""Names as guests have them, from six countries; the same ones on every machine."""

from __future__ import annotations

import random

FIRST = """
Aitana Álvaro Andrés Ángela Begoña Carmen Iñaki Íñigo Jesús José Lucía María Martín Nerea
Núria Óscar
Adam Agnieszka Andrzej Łukasz Małgorzata Paweł Piotr Stanisław Zofia Żaneta
Anton Björn Chloé Élodie François Hélène Jérôme Léa Loïc Maëlle Noé Théo Zoé
Amelie Andreas Günther Heike Jörg Jürgen Katharina Lukas Matthias Sören Ursula
André Beatriz Conceição Diogo Inês João Luís Margarida Nuno Rosário Simão Tomás
Aoife Brigid Callum Charlotte Eleanor Fiona Isla Liam Niamh Oliver Siobhán Thomas
""".split()  # noqa: SIM905

LAST = """
Álvarez Domínguez Fernández García Gómez Gutiérrez Hernández Ibáñez Jiménez López Muñoz Núñez
Ortuño Peña Pérez Rodríguez Sáez Sánchez Vázquez Zúñiga
Dąbrowska Kowalski Kamiński Lewandowska Nowak Szymański Wiśniewska Wójcik Zieliński Żak
Beaumont Chevalier Dubois Fauré Girard Lefèvre Moreau Noël Prévost Rousseau
Bauer Fischer Grünwald Hoffmann Köhler Krämer Müller Schäfer Schröder Weiß
Almeida Araújo Conceição Gonçalves Magalhães Mendonça Nogueira Simões Teixeira
Byrne Clarke Fitzgerald Hughes MacDonald Murphy O'Brien O'Connor Sullivan Walsh
""".split()  # noqa: SIM905

PARTICLES = ("", "", "", "", "", "", "de ", "de la ", "del ", "von ", "van der ", "da ")


def names(count: int, seed: int = 42) -> list[str]:
    """So many whole names: some with two surnames, some with "de la"."""
    chance = random.Random(seed)
    return [_name(chance) for _ in range(count)]


def _name(chance: random.Random) -> str:
    first, last = chance.choice(FIRST), chance.choice(PARTICLES) + chance.choice(LAST)
    second = f" {chance.choice(LAST)}" if chance.random() < 0.4 else ""
    return f"{first} {last}{second}"
