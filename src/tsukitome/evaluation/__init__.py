"""How far the answers can be trusted on one's own data: cases with known answers, references, and measures."""
