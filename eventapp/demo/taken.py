"""What guests of the demo community took with them from each of its past evenings, in Spanish and
in English: first what only the hosts read, then what all who were there do, then everybody.
"""

from __future__ import annotations

TAKEN_ES = (
    (
        "Que haya etiquetas con el nombre, por favor: tengo memoria de pez.",
        "Vine sin conocer a nadie y me quedé hasta que recogieron las sillas.",
        "De una tarde de jueves pido poco: alguien que escuche. Lo hubo.",
    ),
    (
        "La charla, de diez. La cola de la barra, de veinte minutos.",
        "Mañana subo mis precios. Lo escribo aquí para no echarme atrás.",
        "«Subí los precios y no pasó nada»: llevaba dos años sin atreverme a probarlo.",
    ),
    (
        "Estaría bien que la charla empezara a su hora, que luego se pierde el metro.",
        "Salí con un bote de masa madre de alguien que acababa de conocer.",
        "Lo del pan era lo de menos: nadie me había explicado tan bien lo de esperar.",
    ),
    (
        "Echo de menos un rincón sin música para seguir hablando.",
        "Hablé con tres personas que también contrataron a sus amigos. Aquí seguimos.",
        "Me quedo con una pregunta: ¿a quién llamarías un domingo?",
    ),
    (
        "El micro pitaba. Lo demás, perfecto.",
        "Doce horas, tres locomotoras y, en mi mesa, cuatro planes para el verano.",
        "No sabía que cambiar de ancho de vía diera para tanta risa.",
    ),
    (
        "Con la pizza de la charla entró hambre: faltó comida.",
        "Votamos hasta la siguiente ronda. Salió por mayoría simple.",
        "Una persona, un voto: el lunes lo propongo en la oficina, a ver qué cara ponen.",
    ),
    (
        "La sala era pequeña para tanta gente; me tocó la columna.",
        "Quien quiera llorar por un pliego, que me escriba: ya somos tres.",
        "Nadie cuenta que casi quebró por ganar. Aquí sí, y con las cifras delante.",
    ),
    (
        "Más agua en las mesas, que el vino ya lo poníais vosotros.",
        "Apunté dos bodegas, un pueblo y el teléfono de quien me va a llevar.",
        "Por fin sé por qué me gustaba la uva que nadie quería.",
    ),
    (
        "Cerrad la puerta durante la charla: entraba el ruido de la calle.",
        "Alguien de mi mesa firma compras en un hospital. No le vendí nada y aprendí mucho.",
        "Dieciocho meses hasta el primer sí. Yo iba por el quinto y pensaba dejarlo.",
    ),
    (
        "La pantalla no se leía desde atrás. La tortilla, sí.",
        "Llegué con miedo a las bases de datos y acabé dibujando una en un mantel.",
        "Era el índice. Siempre es el índice.",
        "No he tocado una tabla en mi vida, y aun así me reí y supe de qué.",
        "La pregunta del fondo de la sala todavía me da vueltas.",
    ),
    (
        "Poned más sillas, que escuchar de pie cansa.",
        "Los tres ejercicios los repetí en casa. Mi padre hizo mejor que yo el segundo.",
        "«Mis alumnos saben más que yo», y nadie lo dijo como una queja.",
        "Llevo veinte años dando clase y esta noche tomé apuntes.",
        "Quien enseña a gente que podría estar en su casa tiene todo mi respeto.",
    ),
    (
        "Avisad del humo antes de quemar las cebollas, por favor.",
        "En la segunda ronda de mesas conocí a quien lleva el bar de mi calle.",
        "El robot quemó las cebollas y toda la sala aplaudió. Yo también las quemo.",
        "Nadie me vendió nada, y aun así salí con dos ideas para mi cocina.",
        "Ahora sé qué haría mejor una máquina que yo, y qué no le pienso dejar.",
    ),
)
TAKEN_EN = (
    (
        "Name tags next time, please: I have the memory of a goldfish.",
        "I came knowing nobody and stayed until the chairs were stacked.",
        "I ask little of a Thursday night: somebody who listens. There was.",
    ),
    (
        "Full marks for the talk. The queue at the bar took twenty minutes.",
        "I raise my prices tomorrow. I write it here so that I can't back out.",
        "“I raised my prices and nothing happened”: for two years I hadn't dared to try.",
    ),
    (
        "It'd be good if the talk began on time: the last train doesn't wait.",
        "I left with a jar of sourdough from somebody I had only just met.",
        "The bread was the least of it: nobody ever explained waiting to me so well.",
    ),
    (
        "I missed a corner without music to go on talking.",
        "I talked to three others who hired their friends. We're all still alive.",
        "I keep one question: whom would you call on a Sunday?",
    ),
    (
        "The microphone squeaked. All else was perfect.",
        "Twelve hours, three engines and, at my table, four plans for the summer.",
        "I didn't know that a change of gauge could be so funny.",
    ),
    (
        "A talk about pizza makes you hungry: there was too little to eat.",
        "We even voted on the next round. A simple majority carried it.",
        "One person, one vote: on Monday I propose it at the office.",
    ),
    (
        "The room was small for so many; I sat behind the pillar.",
        "Whoever wants to cry over a tender, write to me: there are three of us.",
        "Nobody admits to nearly going broke by winning. Here somebody did, with the figures.",
    ),
    (
        "More water on the tables: the wine you had thought of.",
        "I wrote down two wineries, a village, and the number of somebody who'll drive.",
        "At last I know why I liked the grape that nobody wanted.",
    ),
    (
        "Close the door during the talk: we heard the whole street.",
        "Somebody at my table signs what a hospital buys. I sold nothing and learnt a lot.",
        "Eighteen months to the first yes. I was in my fifth and about to give up.",
    ),
    (
        "The screen couldn't be read from the back. The tortilla could.",
        "I came afraid of databases and ended up drawing one on a tablecloth.",
        "It was the index. It's always the index.",
        "I've never touched a table, and still I laughed and knew why.",
        "The question from the back of the room: I'm still thinking about it.",
    ),
    (
        "More chairs, please: it's hard to listen standing up.",
        "I tried the three exercises at home. My father beat me at the second.",
        "“My students know more than I do”, and nobody said it as a complaint.",
        "I've been teaching for twenty years, and tonight I took notes.",
        "Whoever teaches people who could be at home has all my respect.",
    ),
    (
        "Warn us of the smoke before you burn the onions, please.",
        "In the second round of tables I met whoever runs the bar in my street.",
        "The robot burnt the onions, and the whole room clapped. I burn them, too.",
        "Nobody sold me anything, and still I left with two ideas for my kitchen.",
        "Now I know what a machine would do better, and what I won't let it touch.",
    ),
)
TAKEN = {"es": TAKEN_ES, "en": TAKEN_EN}  # of each evening
