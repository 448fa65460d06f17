"""Addresses of closing and of results."""

from django.urls import URLPattern, URLResolver, include, path

from erbij.web.results.views import (
    api,
    bridge,
    closing,
    downloads,
    networks,
    notes,
    pages,
    pupils_page,
    style,
    telling_back,
    tokens,
)

of_a_school: list[URLPattern] = [
    path("waves/<str:code>/close/", closing.close, name="wave-close"),
    path("keys/", tokens.tokens, name="tokens"),
    path("keys/<int:pk>/withdraw/", tokens.withdraw, name="withdraw-token"),
    path("results/", pages.results, name="results"),
    path("results/bridge/", bridge.bridge, name="bridge"),
    path("results/guide/", pages.guide, name="guide"),
    path("results/terms/", pages.terms, name="terms"),
    path("results/<str:code>/", pages.overview, name="result"),
    path("results/<str:code>/share/", pages.share, name="result-share"),
    path("results/<str:code>/tidy/", pages.tidy_up, name="result-tidy"),
    path("results/<str:code>/tell/", telling_back.tell_back, name="tell-back"),
    path("results/<str:code>/slides/", telling_back.deck, name="result-slides"),
    path("results/<str:code>/summary/<str:language>/", telling_back.summary, name="result-summary"),
    path("results/<str:code>/pupils/", pupils_page.draft, name="pupils-draft"),
    path("results/<str:code>/pupils/withdraw/", pupils_page.withdraw, name="pupils-withdraw"),
    path("results/<str:code>/why/", pages.why, name="result-why"),
    path("results/<str:code>/<slug:page>/", pages.page, name="result-page"),
    path("results/<str:code>/<slug:page>/note/", notes.note, name="result-note"),
    path("results/<str:code>/<str:name>", downloads.download, name="result-file"),
]
of_the_api: list[URLPattern] = [
    path("openapi.json", api.openapi, name="api-openapi"),
    path("schools", api.schools, name="api-schools"),
    path("schools/<slug:school>/waves", api.waves, name="api-waves"),
    path("schools/<slug:school>/waves/<str:code>/release", api.release, name="api-release"),
    path("schools/<slug:school>/waves/<str:code>/cells", api.cells, name="api-cells"),
    path("schools/<slug:school>/waves/<str:code>/codebook", api.codebook_of, name="api-codebook"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", api.about, name="api"),
    path("api/v1/", include(of_the_api)),
    path("style/", style.style, name="style"),
    path("network/<int:network>/results/", networks.results, name="network-results"),
    path("network/<int:network>/results/send/", networks.send, name="network-send"),
    path("school/<slug:school>/", include(of_a_school)),
    path("heard/<str:code>/", pupils_page.heard, name="pupils-page"),
]
