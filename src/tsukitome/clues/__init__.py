"""What a news report or a user says of a contract: a quotation, its reading and its strength."""
