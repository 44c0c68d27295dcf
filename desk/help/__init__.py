"""The help centre: the assistant's articles as pages, to browse, to search and to print."""
