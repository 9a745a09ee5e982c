"""How a report is read: folding, sentences, voices, clauses, times, and cue words.

Inside matter of `peyman.picture.read`. The order of work is: `fold` the text, find
`segment`s, put each under its `voices` (with `speech_fa`, `speech_ru`, `speech_en` and
the `cast`), cut it into `clauses`, make `drafts` of claims, and tell their time by the
`clock`. The words of each language are in `fa.toml`, `ru.toml` and `en.toml`.
"""
