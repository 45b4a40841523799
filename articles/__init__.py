"""Publication: sections, authors, pictures, articles, their workflow and the pages readers see."""
