"""The sites, one module each. Their texts lie in content/."""

from tests.sample_web.site import Site
from tests.sample_web.sites import (
    bilim,
    davolash,
    daxue,
    densaulyq,
    donishgoh,
    hochschule,
    jamia,
    saglik,
    saulyqapi,
    tabib,
    universitas,
)

SITES: tuple[Site, ...] = (
    tabib.SITE,
    davolash.SITE,
    densaulyq.SITE,
    universitas.SITE,
    donishgoh.SITE,
    hochschule.SITE,
    saulyqapi.SITE,
    jamia.SITE,
    daxue.SITE,
    saglik.SITE,
    bilim.SITE,
)
