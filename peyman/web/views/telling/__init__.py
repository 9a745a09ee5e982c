"""What pages say of names, articles and entries, in the page's language."""
