"""The parts of `manage.py import_articles`: lines -> names and pictures -> stories in batches."""
