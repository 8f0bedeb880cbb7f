"""Names from registers that shout become names that people read."""

import pytest

from backend.schools.register.naming import readable_name, readable_town
from backend.schools.register.profile import Profile, profile_of

FRENCH = profile_of("FR")


@pytest.mark.parametrize(
    ("shouted", "readable"),
    [
        ("LYCÉE PROFESSIONNEL LOUIS MARTIN BRET", "Lycée professionnel Louis Martin Bret"),
        ("LPO LYCÉE DES MÉTIERS CHARLES DE GAULLE", "LPO lycée des métiers Charles de Gaulle"),
        ("LYCÉE JEANNE D'ARC", "Lycée Jeanne d'Arc"),
        ("LYCÉE DE L'ASSOMPTION", "Lycée de l'Assomption"),
        ("LYCÉE JEAN XXIII", "Lycée Jean XXIII"),
        ("LYCÉE ALBERT 1ER", "Lycée Albert 1er"),
        ("LYCÉE LA SALLE", "Lycée La Salle"),
        ("LYCÉE VAL DE LA LYS", "Lycée Val de la Lys"),
        ("LYCÉE PIERRE ET MARIE CURIE", "Lycée Pierre et Marie Curie"),
        ("LYCÉE J-B LE TAILLANDIER", "Lycée J-B Le Taillandier"),
        ("LYCÉE JEAN DE LATTRE-DE-TASSIGNY", "Lycée Jean de Lattre-de-Tassigny"),
        (
            "SECTION D'ENSEIGNEMENT PROFESSIONNEL (SEP) DU LYCÉE POLYVALENT JEAN MOULIN",
            "Section d'enseignement professionnel (SEP) du lycée polyvalent Jean Moulin",
        ),
        ("L'ÉCOLE DU BOIS", "L'école du Bois"),
        ("LYCÉE PRIVÉ SAINT-FRANÈOIS", "Lycée privé Saint-François"),
        ("Lycée Acadomia campus - Tony Parker Academy", "Lycée Acadomia campus - Tony Parker Academy"),
    ],
)
def test_french_names(shouted: str, readable: str) -> None:
    assert readable_name(shouted, FRENCH) == readable


@pytest.mark.parametrize(
    ("shouted", "readable"),
    [
        ("PARIS CEDEX 06", "Paris"),
        ("Aix-en-provence cedex 1", "Aix-en-Provence"),
        ("VERSAILLES CEDEX 78193", "Versailles"),
        ("VALENCE 9", "Valence"),
        ("BOULOGNE SUR MER CEDEX", "Boulogne sur Mer"),
        ("VILLENEUVE-D'ASCQ", "Villeneuve-d'Ascq"),
        ("LE KREMLIN-BICÊTRE", "Le Kremlin-Bicêtre"),
        ("L'ISLE-JOURDAIN", "L'Isle-Jourdain"),
        ("Port-SAINT-LOUIS-du-Rhône", "Port-Saint-Louis-du-Rhône"),
        ("Besanèon", "Besançon"),
        ("Le Cap (CAPE TOWN)", "Le Cap (Cape Town)"),
        ("Saint-Rémy-de-Provence", "Saint-Rémy-de-Provence"),
    ],
)
def test_french_towns(shouted: str, readable: str) -> None:
    assert readable_town(shouted, FRENCH) == readable


@pytest.mark.parametrize("town", ["Sankt Johann im Pongau", "Stara Zagora", "'s-Hertogenbosch"])
def test_towns_in_mixed_case_stay_where_no_profile_knows_better(town: str) -> None:
    assert readable_town(town, Profile()) == town


@pytest.mark.parametrize(
    ("number", "holds"),
    [
        ("0010001W", True),
        ("0010001X", False),
        ("0010001w", False),
        ("001001W", False),
        ("0951090U1", False),
        ("", False),
    ],
)
def test_french_numbers_have_a_check_letter(number: str, holds: bool) -> None:
    assert FRENCH.is_number(number) is holds
