"""Many articles to decisions: names, speakers, utterances; and the views that follow from the decisions."""
