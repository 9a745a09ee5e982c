"""Forms of what is told: claims, grades, the situation, the force."""
