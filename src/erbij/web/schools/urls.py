"""Addresses of a school and of the ways in."""

from django.urls import URLPattern, URLResolver, include, path

from erbij.web.schools.views import classes, entrance, home, networks, operators, people, records, rosters

of_a_school: list[URLPattern] = [
    path("", home.school, name="school"),
    path("settings/", home.change, name="school-settings"),
    path("network/join/", home.join_network, name="join-network"),
    path("network/leave/", home.leave_network, name="leave-network"),
    path("classes/", classes.classes, name="classes"),
    path("classes/grade/", classes.add_grade, name="add-grade"),
    path("classes/grade/<int:pk>/", classes.change_grade, name="change-grade"),
    path("classes/grade/<int:pk>/move/", classes.move_grade, name="move-grade"),
    path("classes/grade/<int:pk>/remove/", classes.remove_grade, name="remove-grade"),
    path("classes/class/", classes.add_class, name="add-class"),
    path("classes/paste/", classes.paste_classes, name="paste-classes"),
    path("classes/file/", rosters.upload_classes, name="upload-classes"),
    path("classes/found/", rosters.save_classes, name="save-classes"),
    path("classes/class/<int:pk>/", classes.change_class, name="change-class"),
    path("classes/class/<int:pk>/remove/", classes.remove_class, name="remove-class"),
    path("records/", records.records, name="records"),
    path("records/all.csv", records.records_file, name="records-file"),
    path("operators/", operators.operators, name="operators"),
    path("operators/let-in/", operators.let_in, name="let-in"),
    path("operators/<int:pk>/shut-out/", operators.shut_out, name="shut-out"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/invitation/<int:pk>/withdraw/", people.withdraw, name="withdraw-invitation"),
    path("people/member/<int:pk>/remove/", people.remove, name="remove-member"),
]
of_a_network: list[URLPattern] = [
    path("school/", networks.add_school, name="network-school"),
    path("lead/", networks.invite_lead, name="network-lead"),
    path("lead/<int:pk>/remove/", networks.remove_lead, name="remove-lead"),
    path("invitation/<int:pk>/withdraw/", networks.withdraw, name="withdraw-lead"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("first/", entrance.first, name="first"),
    path("home/", home.home, name="home"),
    path("invitation/", entrance.invitation, name="invitation"),
    path("invitation/<str:code>/", entrance.join, name="join"),
    path("school/<slug:school>/", include(of_a_school)),
    path("network/new/", networks.new, name="network-new"),
    path("network/<int:network>/", include(of_a_network)),
]
