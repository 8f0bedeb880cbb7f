"""The codes of the vocabulary and their labels; tables hold the codes so that rows can link to them."""

from babel import Locale
from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Subject(TextChoices):
    ART = "ART", _("Art")
    ASTRONOMY = "ASTRONOMY", _("Astronomy")
    BIOLOGY = "BIOLOGY", _("Biology")
    CHEMISTRY = "CHEMISTRY", _("Chemistry")
    CITIZENSHIP = "CITIZENSHIP", _("Citizenship")
    CLASSICAL_LANGUAGES = "CLASSICAL_LANGUAGES", _("Classical languages")
    CROSS_CURRICULAR = "CROSS_CURRICULAR", _("Cross-curricular")
    DESIGN_AND_TECHNOLOGY = "DESIGN_AND_TECHNOLOGY", _("Design and technology")
    DRAMA = "DRAMA", _("Drama")
    EARLY_CHILDHOOD = "EARLY_CHILDHOOD", _("Early-childhood subjects")
    ECONOMICS = "ECONOMICS", _("Economics")
    ENVIRONMENTAL_EDUCATION = "ENVIRONMENTAL_EDUCATION", _("Environmental education")
    ETHICS = "ETHICS", _("Ethics")
    EUROPEAN_STUDIES = "EUROPEAN_STUDIES", _("European studies")
    FOREIGN_LANGUAGES = "FOREIGN_LANGUAGES", _("Foreign languages")
    GEOGRAPHY = "GEOGRAPHY", _("Geography")
    GEOLOGY = "GEOLOGY", _("Geology")
    HEALTH_STUDIES = "HEALTH_STUDIES", _("Health studies")
    HISTORY = "HISTORY", _("History")
    HISTORY_OF_CULTURE = "HISTORY_OF_CULTURE", _("History of culture")
    HOME_ECONOMICS = "HOME_ECONOMICS", _("Home economics")
    INFORMATICS = "INFORMATICS", _("Informatics and ICT")
    LANGUAGE_AND_LITERATURE = "LANGUAGE_AND_LITERATURE", _("Language and literature")
    LAW = "LAW", _("Law")
    MATHEMATICS = "MATHEMATICS", _("Mathematics")
    MEDIA_EDUCATION = "MEDIA_EDUCATION", _("Media education")
    MUSIC = "MUSIC", _("Music")
    NATURAL_SCIENCES = "NATURAL_SCIENCES", _("Natural sciences")
    PHILOSOPHY = "PHILOSOPHY", _("Philosophy and logic")
    PHYSICAL_EDUCATION = "PHYSICAL_EDUCATION", _("Physical education")
    PHYSICS = "PHYSICS", _("Physics")
    POLITICS = "POLITICS", _("Politics")
    PRIMARY_SCHOOL = "PRIMARY_SCHOOL", _("Primary-school subjects")
    PSYCHOLOGY = "PSYCHOLOGY", _("Psychology")
    RELIGION = "RELIGION", _("Religion")
    SOCIAL_STUDIES = "SOCIAL_STUDIES", _("Social studies")
    SPECIAL_NEEDS = "SPECIAL_NEEDS", _("Special needs education")
    TECHNOLOGY = "TECHNOLOGY", _("Technology")
    VOCATIONAL = "VOCATIONAL", _("Vocational subjects")


class Level(TextChoices):
    EARLY_CHILDHOOD = "EARLY_CHILDHOOD", _("Early childhood")
    PRIMARY = "PRIMARY", _("Primary")
    LOWER_SECONDARY = "LOWER_SECONDARY", _("Lower secondary")
    UPPER_SECONDARY = "UPPER_SECONDARY", _("Upper secondary")
    INITIAL_VOCATIONAL = "INITIAL_VOCATIONAL", _("Initial vocational")
    SPECIAL_NEEDS = "SPECIAL_NEEDS", _("Special needs")
    TEACHER_EDUCATION = "TEACHER_EDUCATION", _("Teacher education")


class Competence(TextChoices):
    """Key competences for lifelong learning: Council Recommendation 2018/C 189/01."""

    LITERACY = "LITERACY", _("Literacy")
    MULTILINGUAL = "MULTILINGUAL", _("Multilingual")
    STEM = "STEM", _("Mathematics, science, technology and engineering")
    DIGITAL = "DIGITAL", _("Digital")
    PERSONAL_SOCIAL = "PERSONAL_SOCIAL", _("Personal, social and learning to learn")
    CITIZENSHIP = "CITIZENSHIP", _("Citizenship")
    ENTREPRENEURSHIP = "ENTREPRENEURSHIP", _("Entrepreneurship")
    CULTURAL_AWARENESS = "CULTURAL_AWARENESS", _("Cultural awareness and expression")


class Language(TextChoices):
    """ISO 639-1: official and widely taught languages of the participating countries; names come from CLDR."""

    AR = "ar"
    AZ = "az"
    BG = "bg"
    BS = "bs"
    CA = "ca"
    CS = "cs"
    DA = "da"
    DE = "de"
    EL = "el"
    EN = "en"
    ES = "es"
    ET = "et"
    EU = "eu"
    FI = "fi"
    FR = "fr"
    GA = "ga"
    GL = "gl"
    HE = "he"
    HR = "hr"
    HU = "hu"
    HY = "hy"
    IS = "is"
    IT = "it"
    KA = "ka"
    LB = "lb"
    LT = "lt"
    LV = "lv"
    MK = "mk"
    MT = "mt"
    NB = "nb"
    NL = "nl"
    NN = "nn"
    PL = "pl"
    PT = "pt"
    RO = "ro"
    RU = "ru"
    SK = "sk"
    SL = "sl"
    SQ = "sq"
    SR = "sr"
    SV = "sv"
    TR = "tr"
    UK = "uk"

    @property
    def label(self) -> str:
        return language_label(self.value)


def language_label(code: str) -> str:
    """The language's name in the active language."""
    locale = Locale.parse(get_language() or "en", sep="-")
    name: str = locale.languages.get(code, code)
    return name[:1].upper() + name[1:]
