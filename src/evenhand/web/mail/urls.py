"""Addresses of mail that came in, and of the demo's mail."""

from django.urls import path

from evenhand.web.mail import inbox, pages, sorting

urlpatterns = [
    path("mail/", inbox.waiting, name="mail_waiting"),
    path("mail/<uuid:mail>/", inbox.message, name="mail_message"),
    path("mail/<uuid:mail>/whole/", inbox.whole, name="mail_whole"),
    path("mail/<uuid:mail>/files/<small:number>/", inbox.file, name="mail_file"),
    path("mail/<uuid:mail>/attach/", sorting.attach, name="mail_attach"),
    path("mail/<uuid:mail>/set-aside/", sorting.set_aside, name="mail_set_aside"),
    path("mail/<uuid:mail>/read/", sorting.read, name="mail_read"),
    path("mail/<uuid:mail>/came-back/", sorting.came_back, name="mail_came_back"),
    path("demo/mail/", pages.mails, name="demo_mails"),
    path("demo/mail/<slug:name>/", pages.mail, name="demo_mail"),
]
