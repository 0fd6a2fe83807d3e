"""Words that say nothing of what is looked for."""

#: What a search does without, unless there is nothing else in it.
STOP_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "en": """
            a about after all also am an and any are as at be been before but by can
            could did do does for from had has have how i if in into is it its me my no
            not of on or our out s so t than that the their them then there these they
            this to up was we what when where which while who why will with would you
            your
        """,
        "es": """
            a al algo ante antes como con cual cuando de del desde donde e el ella ellos
            en entre era es esa ese eso esta este esto ha hay he la las le les lo los
            mas me mi mis muy ni no nos o otra otro para pero por porque puede puedo que
            quien se ser si sin sobre son soy su sus tambien te tener tengo tiene tu tus
            u un una uno y ya yo
        """,
    }.items()
}
