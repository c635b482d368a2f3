"""From a text somewhere to an article on the desk."""
