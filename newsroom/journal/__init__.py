"""Who did what, when and from where? The three logs of the house read as one."""
