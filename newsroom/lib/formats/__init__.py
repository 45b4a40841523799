"""How are dates and numbers read and written in each language? (Django's FORMAT_MODULE_PATH)"""
