from django.apps import AppConfig


class MachinesConfig(AppConfig):
    name = "cms.machines"
    label = "machines"
