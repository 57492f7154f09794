"""The outbox: what people are told, in the application and by e-mail; nothing is lost when a server is down."""
