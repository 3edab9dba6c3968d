"""The post room: relay, channels and letters. It reads messages, never a case."""
