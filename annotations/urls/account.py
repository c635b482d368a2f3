"""The door, and what is one's own: signing in, second factors, sessions, invitations."""

from allauth.account import views as door
from django.urls import include, path, re_path

from annotations.views.account import invitations, notices, own, setting_up
from annotations.views.account.door import SignIn, send_again

urlpatterns = [
    path("login/", SignIn.as_view(), name="account_login"),
    path("logout/", door.logout, name="account_logout"),
    # allauth asks for the name; nobody signs up by themselves, and the page says so.
    path("signup/", door.signup, name="account_signup"),
    path("account/inactive/", door.account_inactive, name="account_inactive"),
    path("account/confirm/", door.reauthenticate, name="account_reauthenticate"),
    path("account/password/", door.password_change, name="account_change_password"),
    path("account/password/set/", door.password_set, name="account_set_password"),
    path("password/", door.password_reset, name="account_reset_password"),
    path("password/sent/", door.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        door.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/changed/",
        door.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("account/e-mail/", door.email, name="account_email"),
    path(
        "account/e-mail/sent/",
        door.email_verification_sent,
        name="account_email_verification_sent",
    ),
    path("e-mail/<str:key>/", door.confirm_email, name="account_confirm_email"),
    path("account/second-factor/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
    path("account/sessions/end/", own.sign_out_everywhere, name="account_sign_out_everywhere"),
    path("account/with/", include("allauth.socialaccount.urls")),
    path("account/with/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("account/notices/", notices.notice_choices, name="notice_choices"),
    path("account/", own.account, name="account"),
    path("held/<uuid:key>/", send_again, name="held"),
    path("invitations/<str:shown>/", invitations.invitation, name="invitation"),
    path("set-up/", setting_up.set_up, name="set_up"),
]
