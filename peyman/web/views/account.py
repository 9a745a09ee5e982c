"""Signing in and out."""

from django.contrib.auth import views
from django.urls import path

from peyman.web.forms.handing_in.sign_in import SignInForm

routes = [
    path(
        "sign-in/",
        views.LoginView.as_view(
            template_name="web/sign_in.html",
            authentication_form=SignInForm,
            redirect_authenticated_user=True,
        ),
        name="sign-in",
    ),
    path("sign-out/", views.LogoutView.as_view(), name="sign-out"),
]
