"""The one door to viewflow, and the one queue.

viewflow supplies the graph of a procedure: its nodes, what follows what, the chart and the BPMN
export. The queue is :class:`~workflow.engine.models.WorkItem`; no viewflow row is ever written.
"""
