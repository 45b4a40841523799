"""One file that holds the whole paper (database, pictures, originals), and the way back from it, with a proof."""
