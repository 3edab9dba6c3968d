"""The other side of the counter: the queue, the work on a case, the orders to sites."""
