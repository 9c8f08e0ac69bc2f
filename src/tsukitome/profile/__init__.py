"""What loaded records tell of one firm: names, addresses, awards, buyers, and its prices beside those of comparable awards."""
