"""What makes two spellings one key: text, firm, place, dates, money. Pure functions over the tables of ``tables/``."""
