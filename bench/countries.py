"""What names are made of in six countries.

Besides surnames as they are, each country has beginnings and ends that its surnames are made of,
so that as at a real event there are thousands of them, many of which differ by a letter or two.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Country:
    first: tuple[str, ...]
    last: tuple[str, ...]
    has_two_first_names: float = 0.0  # the share of its guests, as below
    has_two_surnames: float = 0.0
    particles: tuple[str, ...] = ()
    has_particle: float = 0.0


def _made_of(beginnings: str, ends: str) -> tuple[str, ...]:
    return tuple(begin + end for begin in beginnings.split() for end in ends.split())


SPAIN = Country(
    tuple(
        """
        Aitana Alba Alejandro Álvaro Ana Andrés Ángel Ángela Antonio Beatriz Begoña
        Carlos Carmen Cristina Daniel Diego Elena Fernando Francisco Gonzalo Iñaki Íñigo
        Inés Irene Iván Javier Jesús Joaquín Jorge José Juan Laura Lucía Luis Manuel
        Marcos María Marina Marta Martín Mercedes Miguel Mónica Nerea Nuria Óscar Pablo
        Patricia Pedro Pilar Rafael Raquel Raúl Ramón Rocío Rubén Sandra Sara Sergio
        Silvia Sofía Teresa Víctor Ximena
        """.split()  # noqa: SIM905
    ),
    tuple(
        """
        Aguilar Alonso Arias Blanco Bravo Cabrera Calvo Campos Cano Carrasco Castillo
        Castro Córdoba Cortés Crespo Cruz Delgado Díez Durán Flores Fuente Fuentes
        Gallardo Gallego García Garrido Gil Guerrero Herrera Herrero Hidalgo Iglesias
        León Lorenzo Lozano Marín Medina Molina Montero Mora Morales Moreno Moya Navarro
        Nieto Ortega Ortiz Parra Pascual Pastor Peña Prieto Ramos Reyes Rivera Román
        Romero Rosa Rubio Ruiz Santana Santiago Santos Sanz Serrano Soler Soto Torre
        Torres Vargas Vega Velasco Vicente Vidal
        """.split()  # noqa: SIM905
    )
    + _made_of(
        "Álvar Benít Domíngu Enríqu Estév Fernánd Gimén Gonzál Gutiérr Hernánd Ibáñ Jimén Lóp "
        "Márqu Martín Melénd Ménd Muñ Núñ Ordóñ Pér Ramír Rodrígu Sáe Sánch Suár Vázqu Velázqu "
        "Yáñ",
        "ez",
    )
    + _made_of(
        "Agui Aran Arri Basa Cala Echa Elor Garai Iri Men Mendi Orma Sali Ugar Zaba Zubi",
        "arte barri buru coa eta gui goitia nabal rreta zabal zueta",
    ),
    has_two_first_names=0.2,
    has_two_surnames=0.85,
    particles=("de", "de la", "del"),
    has_particle=0.06,
)
GERMANY = Country(
    tuple(
        """
        Alexander Amelie Andrea Andreas Anja Anna Anton Birgit Björn Christian Clara
        Claudia Daniel David Elias Emma Eva Felix Florian Franziska Frieda Günther
        Hannah Heike Heinrich Ines Jan Jana Johanna Johannes Jonas Jörg Julia Jürgen
        Karin Katharina Klaus Lea Lena Leon Luisa Lukas Manfred Maria Markus Martin
        Matthias Maximilian Michael Moritz Nadine Nico Paul Petra Philipp Sabine
        Sebastian Sophie Sören Stefan Susanne Sven Thomas Tobias Ulrike Ursula Uwe
        Wolfgang
        """.split()  # noqa: SIM905
    ),
    tuple(
        """
        Albrecht Arnold Bauer Beck Becker Böhm Brandt Braun Busch Dietrich Engel Fischer
        Frank Franke Fuchs Graf Groß Günther Haas Hahn Hartmann Herrmann Hoffmann Horn
        Huber Jäger Jung Kaiser Keller Klein Koch Köhler König Krämer Kraus Krause
        Krüger Kuhn Lange Lehmann Lorenz Ludwig Maier Mayer Meier Meyer Möller Müller
        Neumann Otto Peters Pfeiffer Pohl Richter Roth Sauer Schäfer Schmid Schmidt
        Schmitt Schneider Scholz Schreiber Schröder Schubert Schulte Schulz Schulze
        Schumacher Schuster Schwarz Seidel Simon Sommer Stein Thomas Vogel Vogt Voigt
        Wagner Walter Weber Weiß Werner Winkler Winter Wolf Wolff Ziegler Zimmermann
        """.split()  # noqa: SIM905
    )
    + _made_of(
        "Altmühl Birken Blumen Böhm Breit Buch Eichen Frei Fried Gold Grün "
        "Hirsch Hoch Kirch Lauter "
        "Linden Löwen Neu Ober Reich Rosen Schön Silber Stein Sonnen Unter Wald Wein Weiß Winkel",
        "acker bach baum berg berger born feld garten hofer hagen mann meier "
        "müller stein thal wald",
    ),
    particles=("von", "von der", "zu"),
    has_particle=0.03,
    has_two_first_names=0.05,
)
FRANCE = Country(
    tuple(
        """
        Adèle Agnès Alain Alexandre Amélie André Anaïs Antoine Arthur Aurélie Benoît
        Bernard Camille Cécile Céline Chloé Christophe Claire Clément Corinne Damien
        Delphine Denis Édouard Élise Élodie Émilie Éric Étienne Fabien Florence François
        Françoise Frédéric Gaëlle Gérard Guillaume Hélène Hugo Inès Isabelle Jacques
        Jean Jérôme Joëlle Julien Juliette Laurent Léa Loïc Louise Lucas Maëlle Manon
        Margaux Mathilde Mathieu Michel Nathalie Nicolas Noé Océane Olivier Pascal
        Philippe Pierre Quentin Rémi René Romain Sébastien Solène Stéphane Sylvie Théo
        Thierry Valérie Véronique Vincent Xavier Yves Zoé
        """.split()  # noqa: SIM905
    ),
    tuple(
        """
        Adam André Arnaud Aubert Bailly Barbier Baron Benoît Bernard Bertrand Besson
        Blanc Blanchard Bonnet Boucher Bourgeois Boyer Brun Brunet Caron Charles
        Chevalier Clément Colin Collet David Denis Deschamps Dufour Dumas Dumont Dupont
        Dupuis Durand Duval Étienne Fabre Faure Fleury Fontaine Fournier Gaillard
        Garnier Gauthier Gautier Gérard Germain Girard Giraud Guérin Guillaume Henry
        Hubert Huet Jacquet Joly Lacroix Lambert Lebrun Leclerc Leclercq Lefebvre
        Lefèvre Legrand Lemaire Lemoine Leroux Leroy Lucas Mallet Marchand Martin
        Mathieu Mercier Meunier Meyer Michel Moreau Morel Morin Moulin Muller Nicolas
        Noël Olivier Perrin Petit Philippe Picard Pierre Renard Renaud Rivière Robin
        Roche Rolland Rousseau Roussel Roux Roy Schmitt Simon Thomas Vasseur Vidal
        Vincent
        """.split()  # noqa: SIM905
    )
    + _made_of(
        "Bar Beau Bel Bon Bos Cha Châte Cour Fer Fon Gran Har Lan Mar Mon Mont Per Rich Rous Vaul "
        "Val Ver",
        "ard aud bert champs court dier eau el fort ier ieux let lon mond nay "
        "rand selin tier ville",
    ),
    has_two_first_names=0.1,
    particles=("de", "de la", "du", "d’"),
    has_particle=0.04,
)
POLAND = Country(
    tuple(
        """
        Adam Agata Agnieszka Aleksandra Alicja Andrzej Anna Barbara Bartosz Beata Błażej
        Bogdan Bożena Dariusz Dominik Dorota Elżbieta Ewa Filip Franciszek Grażyna
        Grzegorz Hanna Irena Iwona Izabela Jacek Jakub Jan Janina Jerzy Joanna Józef
        Julia Justyna Kacper Kamil Karol Katarzyna Krystyna Krzysztof Łukasz Maciej
        Magdalena Małgorzata Marcin Marek Maria Mariusz Marta Mateusz Michał Mikołaj
        Monika Natalia Oliwia Patryk Paulina Paweł Piotr Przemysław Rafał Renata Robert
        Sławomir Stanisław Sylwia Szymon Tadeusz Teresa Tomasz Urszula Wiktoria
        Władysław Wojciech Zbigniew Zofia Zuzanna Żaneta
        """.split()  # noqa: SIM905
    ),
    tuple(
        """
        Adamczyk Baran Bąk Błaszczyk Chmiel Czarnecki Dąbrowa Duda Dudek Gajda Głąb
        Głowacki Gołąb Góra Górka Jabłoński Kaczmarczyk Kaczmarek Kania Kołodziej Kot
        Kowal Kowalczyk Kozieł Kozioł Krawczyk Król Krupa Kubiak Kucharczyk Lis Madej
        Majchrzak Małek Marciniak Marzec Matusiak Mazur Mazurek Michalak Mróz Nowak
        Pająk Pawlak Pietrzak Przybysz Ptak Rak Sikora Skiba Sobczak Sroka Stachowiak
        Stępień Szczepaniak Szewczyk Szulc Szymczak Tomczyk Urban Urbaniak Walczak
        Wieczorek Wilk Wójcik Wójtowicz Woźniak Wróbel Wrona Zając Zięba Żak Żuk
        """.split()  # noqa: SIM905
    )
    + _made_of(
        "Adam Baran Borkow Chmielew Czarnec Dąbrow Domań Gór Grabow Jankow Jabłoń Jasiń Jawor "
        "Kamiń Kaczor Kalinow Koł Kowal Kozłow Krajew Krasiń Laskow Lewandow Lip Majew Makow "
        "Malinow Michal Nowic Olszew Ostrow Piotrow Rutkow Sadow Sikor Sokołow Szymań Tomasz "
        "Urbań Wasilew Wiśniew Witkow Wysoc Zaw Zieliń",
        "ski ska",
    ),
    has_two_surnames=0.04,
)
INDIA = Country(
    tuple(
        """
        Aarav Aditi Aditya Ajay Akash Amit Amrita Ananya Anil Anita Anjali Ankit Arjun
        Arun Asha Ashok Bhavna Chandra Deepa Deepak Dev Divya Farhan Ganesh Gaurav
        Gayatri Geeta Harish Harsh Indira Ishaan Jaya Karan Kavita Kiran Kishore Krishna
        Lakshmi Lata Madhav Manish Manoj Maya Meena Meera Mohan Mukesh Nandini Naveen
        Neha Nikhil Nisha Nitin Padma Pooja Prakash Pranav Prasad Preeti Priya Rahul Raj
        Rajesh Rakesh Ramesh Rani Ravi Rekha Ritu Rohan Rohit Sachin Sandeep Sanjay
        Sarita Shankar Shanti Shreya Sita Sneha Srinivas Sunil Sunita Suresh Swati Tanvi
        Uma Usha Varun Vidya Vijay Vikram Vinod Vivek Yash
        """.split()  # noqa: SIM905
    ),
    tuple(
        """
        Acharya Agarwal Ahuja Arora Bajaj Balakrishnan Banerjee Basu Bhat Bhatt
        Bhattacharya Bose Chakraborty Chandra Chatterjee Chaudhary Chauhan Chopra Das
        Dasgupta Desai Deshmukh Dhawan Dixit Dubey Dutta Gandhi Ganguly Ghosh Gill
        Gokhale Goswami Goyal Gupta Iyengar Iyer Jain Jha Joshi Kapoor Kaul Kaur Khan
        Khanna Kohli Kulkarni Kumar Mahajan Malhotra Malik Mehta Menon Mishra Mukherjee
        Murthy Nair Narang Narayan Nayak Pandey Pandya Parekh Patel Patil Pillai Prasad
        Puri Raman Rao Rastogi Rathore Reddy Roy Sahni Saxena Sen Sethi Shah Sharma
        Shetty Shukla Singh Sinha Soni Srivastava Subramanian Swamy Tandon Thakur Tiwari
        Trivedi Varma Venkatesan Verma Vyas Yadav
        """.split()  # noqa: SIM905
    )
    + _made_of(
        "Ach Bhand Bhos Chit Dand Gad Gaik Gav Hol Jad Kad Kark Khad Kul Lad Man Mang Mor Nad Nim "
        "Pal Pand Phad Ran Sal Sat Shir Tal Tend Vad Wagh",
        "ale andikar are askar ekar kar nis ulkar wad walkar",
    ),
    has_two_first_names=0.1,
)
USA = Country(
    tuple(
        """
        Aaron Abigail Alice Amber Amy Andrew Angela Anthony Ashley Austin Barbara
        Benjamin Brandon Brenda Brian Caleb Carol Catherine Charles Chloe Christina
        Christopher Crystal Daniel David Deborah Dennis Donna Dorothy Dylan Edward
        Elizabeth Emily Emma Eric Ethan Frank Gary George Grace Gregory Hannah Harold
        Heather Henry Isabella Jacob James Janet Jason Jennifer Jeremy Jessica John
        Jonathan Joseph Joshua Judith Justin Karen Katherine Kathleen Kayla Keith
        Kenneth Kevin Kimberly Kyle Larry Laura Lauren Linda Lisa Madison Margaret Mark
        Martha Mary Matthew Megan Melissa Michael Michelle Nancy Nathan Nicholas Nicole
        Noah Olivia Pamela Patrick Paul Peter Rachel Rebecca Richard Robert Roger Ronald
        Russell Ryan Samantha Samuel Sandra Sarah Scott Sean Sharon Sophia Stephanie
        Stephen Steven Susan Teresa Thomas Timothy Tyler Victoria Vincent Virginia
        Walter William Zachary
        """.split()  # noqa: SIM905
    ),
    tuple(
        """
        Adams Alexander Allen Bailey Baker Barnes Bell Bennett Brooks Brown Bryant
        Butler Campbell Carter Clark Coleman Collins Cook Cooper Cox Davis Edwards Ellis
        Evans Fisher Ford Foster Gibson Graham Gray Green Griffin Hall Hamilton Harris
        Hayes Henderson Henry Hill Howard Hughes Hunt Jackson James Jenkins Jones Jordan
        Kelly Kennedy King Lee Lewis Long Marshall Mason McDonald Miller Mitchell Moore
        Morgan Morris Murphy Murray Myers Nelson Nguyen O’Brien O’Connor Owens Parker
        Patterson Perry Peterson Phillips Porter Powell Price Reed Reynolds Rice
        Richardson Roberts Robinson Rogers Ross Russell Sanders Scott Shaw Simmons Smith
        Stevens Stewart Sullivan Taylor Thomas Thompson Turner Walker Wallace Ward
        Washington Watson Wells West White Williams Wilson Wood Woods Wright Young
        """.split()  # noqa: SIM905
    )
    + _made_of(
        "Ander Ash Black Brad Burn Carl Cars Clay Cole Craw Dal Den Edi Ever "
        "Fair Gar Hamp Har Hart "
        "Hathaw Hen Hol Hunting Jef John Kings Lang Law Liv Mar Mer Nor Oak Rad Ral Rich Shel Stan "
        "Thorn Wake Wal Wash West Whit Win Wood",
        "berg borne by dale field ford ham ings ley man more son ston ton well wood worth",
    ),
    has_two_first_names=0.15,
)
COUNTRIES = (SPAIN, GERMANY, FRANCE, POLAND, INDIA, USA)
