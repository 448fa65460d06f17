"""Addresses of the team's pages about waves. Those of pupils: pupil_urls.py."""

from django.urls import URLPattern, URLResolver, include, path

from erbij.web.surveys.views import boards, decks, letters, links, networks, waves

of_a_wave: list[URLPattern] = [
    path("", waves.wave, name="wave"),
    path("settings/", waves.settings, name="wave-settings"),
    path("questions/", waves.items, name="wave-items"),
    path("consent/", waves.consent, name="wave-consent"),
    path("extend/", waves.extend, name="wave-extend"),
    path("preview/", waves.preview, name="wave-preview"),
    path("adults/", waves.help_adults, name="wave-adults"),
    path("adults/confirm/", waves.confirm, name="wave-confirm"),
    path("open/", waves.open_wave, name="wave-open"),
    path("letter/<str:audience>/<str:language>/", letters.letter, name="wave-letter"),
    path("link/open/", links.open_link, name="link-open"),
    path("link/close/", links.close_link, name="link-close"),
    path("link/note/<str:language>/", links.note, name="link-note"),
    path("class/<str:class_code>/", boards.board, name="board"),
    path("class/<str:class_code>/open/", boards.open_board, name="board-open"),
    path("class/<str:class_code>/room/", boards.make_room, name="board-room"),
    path("class/<str:class_code>/cards/", decks.deck, name="deck"),
    path("cards/", decks.decks, name="decks"),
    path("class/<str:class_code>/close/", boards.close_board, name="board-close"),
]
of_a_school: list[URLPattern | URLResolver] = [
    path("waves/", waves.waves, name="waves"),
    path("waves/new/", waves.new, name="wave-new"),
    path("waves/<str:code>/", include(of_a_wave)),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("school/<slug:school>/", include(of_a_school)),
    path("network/<int:network>/", networks.network, name="network"),
]
