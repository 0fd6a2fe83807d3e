"""The editor of a screener: its checks, pickers, preview and listing."""
