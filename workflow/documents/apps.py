"""Documents and letters as a Django app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Material 材料, letters 文书 and the portal inbox."""

    name = "workflow.documents"
    label = "documents"
