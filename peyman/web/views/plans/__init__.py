"""A movement as it is planned: shown, searched on, held against chance, and made again."""
