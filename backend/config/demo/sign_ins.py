"""Who to sign in as: one account for every role."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.config.demo.ground.world import PASSWORD, SECRET


class SignIn(NamedTuple):
    role: str | Promise
    login: str
    face: str
    sees: str | Promise


OFFICER = "officer.fr@agency.example"

SIGN_INS = [
    SignIn(_("visitor"), "", "/graphql", _("what is public")),
    SignIn(_("teacher, not validated yet"), "tobias.lehmann@de.example", "/graphql", _("the own request")),
    SignIn(
        _("teacher in France, founder"), "agathe.perrin@fr.example", "/graphql",
        _("an open project with Poland, one waiting for both agencies, one waiting for her answer"),
    ),
    SignIn(_("teacher in Poland, founder"), "marek.zalewski@pl.example", "/graphql", _("the same from the other side")),
    SignIn(_("teacher in Spain, partner"), "noelia.garrido@es.example", "/graphql", _("the open project as a partner")),
    SignIn(_("pupil in France"), "lina-demo", "/graphql", _("one workspace")),
    SignIn(_("pupil in Poland"), "kuba-demo", "/graphql", _("the same workspace")),
    SignIn(_("national agency, France: viewer"), "viewer.fr@agency.example", "/dashboard/", _("reads the queues")),
    SignIn(_("national agency, France: officer"), OFFICER, "/dashboard/", _("decides for France")),
    SignIn(_("national agency, France: lead"), "lead.fr@agency.example", "/dashboard/", _("decides, and leads the team")),
    SignIn(
        _("national agency, France: regional delegate"), "delegate.fr@agency.example", "/dashboard/",
        _("decides for two regions"),
    ),
    SignIn(_("national agency, Poland: officer"), "officer.pl@agency.example", "/dashboard/", _("decides for Poland")),
    SignIn(_("central service"), "central@agency.example", "/dashboard/", _("all countries")),
]  # fmt: skip

__all__ = ["OFFICER", "PASSWORD", "SECRET", "SIGN_INS"]
