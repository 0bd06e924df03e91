"""Names and places to invent people from. Any likeness is chance: first and last names are combined at random."""

from __future__ import annotations

FEMALE = (
    "Andrea", "Anita", "Barbara", "Brigitte", "Carmen", "Claudia", "Corinne", "Daniela", "Doris", "Edith", "Elif",
    "Esther", "Fatime", "Gabriela", "Heidi", "Irene", "Jasmin", "Karin", "Laura", "Leonie", "Livia", "Manuela",
    "Margrit", "Melanie", "Monika", "Nadja", "Nicole", "Petra", "Rahel", "Regula", "Rosmarie", "Sandra", "Selina",
    "Silvia", "Sonja", "Ursula", "Valentina", "Vera", "Yvonne",
)  # fmt: skip
MALE = (
    "Adrian", "Alois", "Andreas", "Beat", "Bruno", "Christian", "Daniel", "David", "Ernst", "Fabian", "Felix",
    "Florian", "Franz", "Hans", "Ivan", "Jonas", "Josef", "Jürg", "Kilian", "Lukas", "Marcel", "Marco", "Markus",
    "Mehmet", "Nico", "Oliver", "Pascal", "Patrick", "Philipp", "Ramon", "Reto", "Roger", "Roland", "Samuel",
    "Stefan", "Thomas", "Urs", "Walter", "Yannick",
)  # fmt: skip
LAST = (
    "Achermann", "Aeschlimann", "Amrein", "Arnold", "Bachmann", "Berisha", "Bieri", "Bucher", "Bühlmann", "Burri",
    "Dubach", "Egli", "Emmenegger", "Estermann", "Felder", "Furrer", "Gashi", "Gisler", "Graf", "Hodel",
    "Hofstetter", "Huber", "Imgrüt", "Kaufmann", "Koch", "Krasniqi", "Kunz", "Lang", "Lustenberger", "Marti",
    "Morina", "Näf", "Odermatt", "Portmann", "Renggli", "Rexhepi", "Roos", "Rüttimann", "Schärli", "Schmidiger",
    "Schnyder", "Schürmann", "Stadelmann", "Steiner", "Stirnimann", "Thalmann", "Unternährer", "Vogel", "Wicki",
    "Widmer", "Wüest", "Yilmaz", "Zemp", "Zihlmann", "Zimmermann", "Zumbühl",
)  # fmt: skip
STREETS = (
    "Ahornweg", "Bachmattstrasse", "Brunnhaldenweg", "Dorfbergstrasse", "Eichmattweg", "Felsenrainstrasse",
    "Gartenhofweg", "Hirzenmattstrasse", "Kirchbreiteweg", "Lindenfeldstrasse", "Mühlehofstrasse", "Neumattweg",
    "Obstgartenstrasse", "Rebhaldenstrasse", "Schlossbergweg", "Seehaldenstrasse", "Tannenrainweg",
    "Wesemlinhalde", "Ziegelmattstrasse",
)  # fmt: skip
COMMUNES = {1061: ("Luzern", ("6003", "6004", "6005")), 1059: ("Kriens", ("6010",))}
"""Communes of the service by BFS number: name and postal codes."""
