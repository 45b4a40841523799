"""How does the readers' site look? Every component in every state, with invented text: for designers and builders."""
