"""What a visitor meets: the form without script, results, the article block."""
