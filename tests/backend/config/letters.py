"""The table of letters: a row for each, which a new letter fails without."""

from backend.accounts import letters, registration
from backend.agencies import letters as of_agencies
from backend.moderation import letters as of_moderation
from backend.projects import letters as of_projects
from tests.factories.letters import (
    Letter,
    a_school,
    appealed,
    appointed,
    by_message,
    decided,
    gone,
    pupil_of,
    reported_to,
    to_founders,
    told,
    waiting,
)

LETTERS: dict[str, Letter] = {
    "mail_confirmation": Letter(
        registration.mail_confirmation,
        ("Please confirm your e-mail address", "Veuillez confirmer votre adresse électronique"),
        ("within three days", "dans les trois jours"), "/confirm-email/?token=",
    ),
    "mail_already_registered": Letter(
        registration.mail_already_registered,
        ("You have an eTwinning account already", "Vous avez déjà un compte eTwinning"),
        ("If that was you, simply sign in.", "Si c’était vous, connectez-vous simplement."),
    ),
    "mail_password_reset": Letter(
        letters.mail_password_reset, ("Set a new password", "Choisissez un nouveau mot de passe"),
        ("Within two hours", "dans les deux heures"), "/reset-password/?token=",
    ),
    "mail_password_changed": Letter(
        letters.mail_password_changed, ("Your password was changed", "Votre mot de passe a été changé"),
        ("All other browsers and programs were signed out.", "Tous les autres navigateurs et programmes ont été déconnectés."),
    ),
    "mail_new_address": Letter(
        lambda person: letters.mail_new_address(person, person.email),
        ("Please confirm your new e-mail address", "Veuillez confirmer votre nouvelle adresse électronique"),
        ("within three days", "dans les trois jours"), "/confirm-email/?token=",
    ),
    "mail_change_asked": Letter(
        letters.mail_change_asked,
        ("Your account is to have another e-mail address", "Votre compte doit recevoir une autre adresse électronique"),
        ("then the change cannot be made", "le changement ne pourra alors pas se faire"),
    ),
    "mail_address_changed": Letter(
        lambda person: letters.mail_address_changed(person, person.email),
        ("Your e-mail address was changed", "Votre adresse électronique a été changée"),
        ("Everybody was signed out.", "Toutes les sessions ont été fermées."),
    ),
    "mail_factor_activated": Letter(
        letters.mail_factor_activated,
        ("A second factor protects your account", "Un second facteur protège votre compte"),
        ("Please keep the recovery codes in a safe place", "Gardez les codes de secours en lieu sûr"),
    ),
    "mail_factor_removed": Letter(
        letters.mail_factor_removed, ("Your second factor was removed", "Votre second facteur a été retiré"),
        ("has no second factor any more", "n’a plus de second facteur"),
    ),
    "mail_recovery_code_used": Letter(
        lambda person: letters.mail_recovery_code_used(person, left=3),
        ("A recovery code was used", "Un code de secours a servi"), ("3 more are left.", "Il en reste 3."),
    ),
    "mail_account_erased": Letter(
        letters.mail_account_erased, ("Your eTwinning account was erased", "Votre compte eTwinning a été effacé"),
        ("This cannot be undone.", "C’est irréversible."),
    ),
    "mail_principal": Letter(
        lambda person: of_agencies.mail_principal(a_school(person), proposer=person),
        ("Your school takes part in eTwinning", "Votre établissement participe à eTwinning"),
        ("works at your school: Lycée <Sud>,", "travaille dans votre établissement : Lycée <Sud>,"),
    ),
    "mail_revoked": Letter(
        lambda person: of_agencies.mail_revoked(gone(person)),
        ("Your eTwinning account is closed", "Votre compte eTwinning est fermé"),
        ("The reason: Moved to Porto", "Le motif : Moved to Porto"),
    ),
    "mail_restored": Letter(
        lambda person: of_agencies.mail_restored(gone(person)),
        ("Your eTwinning account is open again", "Votre compte eTwinning est de nouveau ouvert"),
        ("You can sign in again.", "Vous pouvez de nouveau vous connecter."),
    ),
    "mail_school_closed": Letter(
        lambda person: of_agencies.mail_school_closed(a_school(person), person),
        ("Please choose another school", "Veuillez choisir un autre établissement"),
        ("The reason: Fire", "Le motif : Fire"),
    ),
    "mail_appointed": Letter(
        lambda person: of_agencies.mail_appointed(appointed(person)),
        ("Your appointment at eTwinning", "Votre nomination chez eTwinning"),
        ("Your role: Officer.", "Votre rôle : Agent."), "/appointment/?token=",
    ),
    "mail_dismissed": Letter(
        lambda person: of_agencies.mail_dismissed(appointed(person)),
        ("Your appointment at eTwinning has ended", "Vos fonctions chez eTwinning ont pris fin"),
        ("You cannot sign in any more.", "Vous ne pouvez plus vous connecter."),
    ),
    "mail_factor_reset": Letter(
        lambda person: of_agencies.mail_factor_reset(person, reason="Lost phone"),
        ("Your second factor was reset", "Votre second facteur a été réinitialisé"),
        ("The reason: Lost phone", "Le motif : Lost phone"),
    ),
    "mail_severe_report": Letter(
        lambda person: of_moderation.mail_severe_report(reported_to(person), "FR"),
        ("A severe report waits for you", "Un signalement grave vous attend"),
        ("It should be decided within 24 hours.", "Une décision est attendue dans les 24 heures."),
        "/dashboard/queues/reports/",
    ),
    "mail_sanction": Letter(
        lambda person: of_moderation.mail_sanction(decided(person)),
        ("A decision about your eTwinning account", "Une décision concernant votre compte eTwinning"),
        ("You can appeal once by this link:", "Vous pouvez faire un seul recours par ce lien :"), "/appeal/?token=",
    ),
    "mail_appeal_decided": Letter(
        lambda person: of_moderation.mail_appeal_decided(appealed(person)),
        ("Your appeal was decided", "Votre recours a fait l’objet d’une décision"),
        ("The decision stands.", "La décision est maintenue."),
    ),
    "mail_open_again": Letter(
        lambda person: of_moderation.mail_open_again(decided(person)),
        ("Your eTwinning account is open again", "Votre compte eTwinning est de nouveau ouvert"),
        ("You can sign in again.", "Vous pouvez de nouveau vous connecter."),
    ),
    "mail_sanction to a teacher": Letter(
        lambda person: of_moderation.mail_sanction(decided(pupil_of(person))),
        ("A decision about your pupil Lina", "Une décision concernant votre élève Lina"),
        ("Please pass on what we write to them:", "Merci de lui transmettre ce que nous lui écrivons :"), "/appeal/?token=",
    ),
    "mail_appeal_decided to a teacher": Letter(
        lambda person: of_moderation.mail_appeal_decided(appealed(pupil_of(person))),
        ("The appeal of your pupil Lina was decided", "Le recours de votre élève Lina a fait l’objet d’une décision"),
        ("Please pass on what we write to them:", "Merci de lui transmettre ce que nous lui écrivons :"),
    ),
    "mail_open_again to a teacher": Letter(
        lambda person: of_moderation.mail_open_again(decided(pupil_of(person))),
        ("The account of your pupil Lina is open again", "Le compte de votre élève Lina est de nouveau ouvert"),
        ("Please pass on what we write to them:", "Merci de lui transmettre ce que nous lui écrivons :"),
    ),
    "mail_answer_awaited": Letter(
        lambda person: of_projects.mail_answer_awaited(**waiting(person, silent=True)),
        ("“Rivers” waits for your answer", "« Rivers » attend votre réponse"),
        ("Jan Nowak sent you the project “Rivers”", "Jan Nowak vous a envoyé le projet « Rivers »"),
    ),
    "mail_no_answer": Letter(
        lambda person: of_projects.mail_no_answer(**waiting(person, silent=False)),
        ("Still no answer to “Rivers”", "Toujours pas de réponse pour « Rivers »"),
        ("Jan Nowak has not answered", "Jan Nowak n’a pas répondu"),
    ),
    "mail_founders": Letter(
        to_founders,
        ("About your project “Rivers”", "À propos de votre projet « Rivers »"),
        ("Your agency offers to look for further partners", "Votre agence vous propose de chercher avec vous"),
    ),
    "message": Letter(
        by_message, ("Seminar in May", "Séminaire en mai"), ("Come to Lyon.", "Venez à Lyon."), "/stop-messages/?token=",
    ),
    "message to who reads another language": Letter(
        by_message, ("Seminar in May", "Séminaire en mai"),
        ("You get this because you asked for messages of your agency.", "Vous recevez cette lettre parce que vous avez demandé"),
        "/stop-messages/?token=",
    ),
    "digest": Letter(
        told, ("New in your eTwinning inbox: 2", "Du nouveau dans votre boîte eTwinning : 2"),
        ("Jan Nowak started the draft “Rivers & lakes”.", "Jan Nowak a commencé le brouillon « Rivers & lakes »."),
        "/unsubscribe/?token=",
    ),
}  # fmt: skip
