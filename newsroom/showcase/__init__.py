"""How does the readers' site look? Every component in every state, with invented text, for whoever designs or builds."""
