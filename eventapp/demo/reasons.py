"""Why somebody of the demo community introduces two others, in Spanish and in English: one of them
wants to learn what the other can be asked about. By topic of `people.py`.
"""

from __future__ import annotations

from itertools import chain, cycle

from eventapp.demo.people import TOPICS
from eventapp.demo.story import Introduced, Member, Story

REASONS_ES = {
    "poner precio a un servicio": (
        "{learner} no sabe cuánto cobrar; {knower} subió precios dos veces sin perder a nadie.",
        "{learner} prepara su primer presupuesto. A {knower} le rechazaron veinte y sabe por qué.",
        "{learner} cobra por horas y quiere dejarlo. {knower} lo dejó hace años.",
        "A {learner} le tiembla la voz al decir un precio; {knower} tiene un truco para eso.",
    ),
    "masa madre": (
        "A {learner} se le han muerto tres masas madre; la de {knower} tiene once años.",
        "{learner} quiere hacer pan en casa; {knower} regala botes de la suya.",
        "{knower} me contó cómo hornea con poco tiempo: es justo lo que le falta a {learner}.",
        "Si a {learner} no le sube el pan, {knower} sabrá por qué.",
    ),
    "las cinco primeras contrataciones": (
        "{learner} va a contratar por primera vez; {knower} cuenta sin rodeos en qué se equivocó.",
        "{learner} no sabe a quién fichar primero. {knower} empezó por quien nadie esperaba.",
        "{knower} pasó de trabajar a solas a llevar un equipo de seis; {learner} está a punto.",
        "{learner} tiene dos candidaturas y muchas dudas; {knower}, buenas preguntas.",
    ),
    "Postgres": (
        "A {learner} una consulta le tarda nueve segundos, y a {knower} eso le divierte.",
        "{learner} lo tiene todo en una hoja de cálculo. {knower} sabe sacarlo de ahí.",
        "{learner} quiere entender los índices; {knower} los explica con servilletas.",
        "{knower} perdió una base de datos y la recuperó. Son dos historias para {learner}.",
    ),
    "vinos del Bierzo": (
        "{learner} busca una carta corta de vinos; {knower} conoce a media comarca.",
        "{learner} va al Bierzo en primavera; {knower} sabe a qué puertas llamar.",
        "{knower} reconoce una mencía a ciegas; {learner} quiere aprender.",
        "{learner} pide siempre el mismo vino. {knower} puede arreglarlo.",
    ),
    "vender a hospitales": (
        "{learner} lleva medio año sin pasar de recepción. {knower} sabe a quién hay que llamar.",
        "Lo que hace {learner} falta en urgencias; {knower} ya ha vendido allí.",
        "{learner} tiene una prueba en un hospital y ninguna firma; {knower} consiguió la suya.",
        "{knower} sabe cómo compra un hospital, que es lo que {learner} no acaba de entender.",
    ),
    "cooperativas": (
        "{learner} quiere montar una cooperativa; {knower} trabaja en una desde hace diez años.",
        "{knower} modera asambleas que acaban a su hora. {learner} no se lo cree.",
        "{knower} escribió los estatutos de la suya, y a {learner} le ahorrarían un mes.",
        "{learner} duda entre sociedad limitada y cooperativa: {knower} ha probado las dos.",
    ),
    "trenes nocturnos": (
        "{learner} quiere llegar a Viena sin volar; {knower} ya lo ha hecho con dos niños.",
        "{knower} se sabe los horarios de media Europa. {learner} tiene el mapa en blanco.",
        "{learner} no pega ojo en los trenes; {knower} solo duerme bien en ellos.",
        "{learner} sueña con cruzar fronteras en litera; {knower} las ha cruzado todas.",
    ),
    "leer un balance": (
        "{learner} firma cuentas que no entiende del todo. {knower} las lee como el periódico.",
        "{knower} me explicó un balance en una tarde; {learner} lo necesita para el lunes.",
        "El banco le pide números a {learner}; {knower} sabe cuáles mira.",
        "{learner} no ve dónde está el dinero si hay beneficios. {knower} sí.",
    ),
    "enseñar a personas adultas": (
        "{learner} da su primer taller en marzo; {knower} lleva años dándolos.",
        "{learner} teme que su curso aburra, y con {knower} no se aburre nadie.",
        "{knower} enseña a leer a gente de setenta años. {learner} quiere empezar con algo así.",
        "A {learner} se le va media clase en el descanso; a {knower}, no.",
    ),
    "robots de cocina": (
        "{learner} piensa comprar un robot para su bar; {knower} ya devolvió uno.",
        "{knower} programa brazos que cortan verdura. {learner} tiene la verdura.",
        "{learner} pregunta qué hace un robot mejor que un pinche; {knower} tiene una lista corta.",
        "La cocina de {learner} se queda pequeña; {knower} sabe qué se deja automatizar.",
    ),
    "concursos públicos": (
        "{learner} se presenta a su primer concurso; {knower} ha leído más pliegos que novelas.",
        "{knower} ganó uno contra empresas grandes; {learner} quiere saber cómo.",
        "{learner} tiene un pliego de noventa páginas y diez días; {knower} sabe dónde empezar.",
        "{knower} puede decirle a {learner} cuándo no presentarse, que también es saber.",
    ),
}
REASONS_EN = {
    "pricing a service": (
        "{learner} doesn't know what to charge; {knower} raised prices twice and lost nobody.",
        "{learner} is writing a first quote. {knower} had twenty turned down, and knows why.",
        "{learner} charges by the hour and wants to stop. {knower} stopped years ago.",
        "{learner} blushes when naming a price, and {knower} has a trick for that.",
    ),
    "sourdough": (
        "{learner} has killed three sourdoughs; the one that {knower} keeps is eleven years old.",
        "{learner} wants to bake at home, and {knower} gives away jars of starter.",
        "{knower} told me how to bake in little time: just what {learner} is short of.",
        "If {learner}'s bread doesn't rise, {knower} will know why.",
    ),
    "hiring the first five": (
        "{learner} hires for the first time; {knower} says plainly what went wrong with five.",
        "{learner} can't decide whom to hire first. {knower} began with whom nobody expected.",
        "{knower} went from working alone to a team of six, and {learner} is about to.",
        "{learner} has two candidates and many doubts; {knower} has good questions.",
    ),
    "Postgres": (
        "{learner} has a query that takes nine seconds, and {knower} enjoys those.",
        "{learner} keeps everything in one spreadsheet. {knower} knows the way out.",
        "{learner} wants to understand indexes, and {knower} explains them on napkins.",
        "{knower} lost a database and got it back. Two stories for {learner}.",
    ),
    "wine from Bierzo": (
        "{learner} needs a short wine list; {knower} knows half the valley.",
        "{learner} goes to Bierzo in spring, and {knower} knows which doors to knock on.",
        "{knower} tells a mencía blindfolded, and {learner} would like to.",
        "{learner} always orders the same wine. {knower} can mend that.",
    ),
    "selling to hospitals": (
        "{learner} hasn't got past the front desk in half a year. {knower} knows whom to call.",
        "What {learner} makes is needed in emergency rooms, and {knower} has sold there.",
        "{learner} has a trial in a hospital and no signature; {knower} got one.",
        "{knower} knows how a hospital buys, which is what {learner} can't make out.",
    ),
    "cooperatives": (
        "{learner} wants to start a cooperative; {knower} has worked in one for ten years.",
        "{knower} chairs assemblies that end on time. {learner} doesn't believe it.",
        "{knower} wrote the statutes of one, and they'd save {learner} a month.",
        "{learner} wavers between a company and a cooperative: {knower} has tried both.",
    ),
    "night trains": (
        "{learner} wants to get to Vienna without flying, and {knower} has, with two children.",
        "{knower} knows the timetables of half of Europe. {learner} has an empty map.",
        "{learner} never sleeps on trains; {knower} sleeps well nowhere else.",
        "{learner} dreams of crossing borders in a berth, and {knower} has crossed them all.",
    ),
    "reading a balance sheet": (
        "{learner} signs accounts that aren't quite clear. {knower} reads them like the paper.",
        "{knower} taught me balance sheets in an afternoon, and {learner} needs it by Monday.",
        "The bank asks {learner} for numbers, and {knower} knows which it looks at.",
        "{learner} can't see where the money is when there's a profit. {knower} can.",
    ),
    "teaching adults": (
        "{learner} gives a first workshop in March; {knower} has given them for years.",
        "{learner} fears a dull course; nobody is ever bored with {knower}.",
        "{knower} teaches people of seventy to read. {learner} wants to begin something like it.",
        "Half of {learner}'s class leaves in the break; with {knower}, they stay.",
    ),
    "robots in kitchens": (
        "{learner} may buy a robot for the bar, and {knower} has sent one back.",
        "{knower} programs arms that cut vegetables. {learner} has the vegetables.",
        "{learner} asks what a robot does better than a cook; {knower} has a short list.",
        "The kitchen gets too small for {learner}, and {knower} knows what can be automated.",
    ),
    "public tenders": (
        "{learner} bids for the first time; {knower} has read more calls than novels.",
        "{knower} won one against large companies, and {learner} wants to know how.",
        "{learner} has a call of ninety pages and ten days. {knower} knows where to begin.",
        "{knower} can tell {learner} when not to bid, which is worth knowing, too.",
    ),
}
REASONS = {"es": REASONS_ES, "en": REASONS_EN}


def reasons_of(story: Story, language: str) -> dict[Introduced, str]:
    """Of each introduction: what is said next about what the second of the two knows."""
    left = [cycle(REASONS[language][topic]) for topic in TOPICS[language]]
    reasons = {}
    for introduced in chain.from_iterable(evening.introduced for evening in story.evenings):
        learner, knower = (story.members[each] for each in introduced.two)
        reason = next(left[knower.knows])
        reasons[introduced] = reason.format(**_names(learner, knower))
    return reasons


def _names(learner: Member, knower: Member) -> dict[str, str]:
    """Their first names, if these tell them apart."""
    names = {"learner": learner.name, "knower": knower.name}
    first = {who: name.split()[0] for who, name in names.items()}
    return first if first["learner"] != first["knower"] else names
