"""The verdict on a plan, and where things drift from today."""
