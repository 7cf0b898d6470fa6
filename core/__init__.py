"""What Darkroom is: its nouns, rules, state and words. Knows neither Slack's nor AWS's client."""
