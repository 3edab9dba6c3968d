"""Workers and their bell. The bell only wakes; what is due is decided in the database."""

import os

from celery import Celery, signals
from django.conf import settings
from kombu import Exchange, Queue
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

QUEUES = ("outbox", "deadlines", "letters", "long")
ROUTES = {
    "notifications.tasks.relay_outbox": "outbox",
    "notifications.tasks.deliver": "outbox",
    "notifications.tasks.render_letter": "letters",
    "notifications.tasks.sweep_deadlines": "deadlines",
    "notifications.tasks.nightly": "long",
}
BELL = {
    "relay_outbox": 2.0,
    "sweep_deadlines": 10.0,
    "nightly": 3600.0,
}


TRANSPORT_ALIASES["files"] = "config.broker:Transport"


def _broker() -> dict[str, object]:
    """Return the broker's settings: a real one when it is named, files under var/ otherwise."""
    if settings.CELERY_BROKER_URL:
        return {"broker_url": settings.CELERY_BROKER_URL}
    folders = {name: settings.VAR / "broker" / name for name in ("queue", "processed", "control")}
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    return {
        "broker_url": "files://",
        "broker_transport_options": {
            "data_folder_in": str(folders["queue"]),
            "data_folder_out": str(folders["queue"]),
            "processed_folder": str(folders["processed"]),
            "control_folder": str(folders["control"]),
            "store_processed": False,
            "polling_interval": 0.05,
        },
    }


def _queues() -> list[Queue]:
    rabbit = settings.CELERY_BROKER_URL.startswith(("amqp", "pyamqp"))
    arguments = {"x-queue-type": "quorum"} if rabbit else None
    return [
        Queue(name, Exchange(name), routing_key=name, queue_arguments=arguments) for name in QUEUES
    ]


app = Celery("xinfu")
app.conf.update(
    **_broker(),
    accept_content=["json"],
    beat_schedule={
        name: {
            "task": f"notifications.tasks.{name}",
            "schedule": every,
            "options": {"expires": every * 5},
        }
        for name, every in BELL.items()
    },
    beat_schedule_filename=str(settings.VAR / "celerybeat-schedule"),
    broker_connection_retry_on_startup=True,
    task_acks_late=True,
    task_create_missing_queues=False,
    task_default_queue="outbox",
    task_ignore_result=True,
    task_queues=_queues(),
    task_reject_on_worker_lost=True,
    task_routes={task: {"queue": queue} for task, queue in ROUTES.items()},
    task_serializer="json",
    timezone="UTC",
    worker_hijack_root_logger=False,
    worker_prefetch_multiplier=1,
    worker_send_task_events=False,
)
app.autodiscover_tasks(["notifications"])


@signals.setup_logging.connect
def _keep_our_logging(**_arguments: object) -> None:
    """Stop Celery from installing its own logging; ours has been set up with the settings."""
