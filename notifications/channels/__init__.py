"""Who takes which message: channels by the beginning of their topic."""

from notifications.channels import letters, mail, portal, reminders
from notifications.channels.outcomes import Channel, Delivered, NoChannel, Outcome, Parked

CHANNELS: dict[str, Channel] = {
    "letter.render": letters.issue,
    "message.email": mail.send,
    "message.portal": portal.tell_people,
    "site.order": portal.tell_keepers,
    "deadline.rung": reminders.ring,
}

__all__ = ["CHANNELS", "Channel", "Delivered", "NoChannel", "Outcome", "Parked", "channel_for"]


def channel_for(topic: str) -> Channel:
    """The channel whose name is the longest beginning of the topic, in whole words.

    :raises NoChannel: nobody takes this topic.
    """
    words = topic.split(".")
    for length in range(len(words), 0, -1):
        channel = CHANNELS.get(".".join(words[:length]))
        if channel is not None:
            return channel
    raise NoChannel(f"no channel takes {topic!r}")
