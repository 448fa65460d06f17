"""The one address of the made-up town."""

from django.urls import URLPattern, path

from erbij.web.demo import views

urlpatterns: list[URLPattern] = [path("as/<str:role>/<str:code>/", views.sign_in, name="demo-as")]
