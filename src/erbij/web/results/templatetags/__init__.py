"""Tags for pages of apps below that may not import this one."""
