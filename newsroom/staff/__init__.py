"""People of the newsroom: how they come in, what they are lent, where they are signed in, how they leave."""
