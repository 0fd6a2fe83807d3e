"""The records of the kit."""

from .work.records import DueTime, Job

__all__ = ["DueTime", "Job"]
