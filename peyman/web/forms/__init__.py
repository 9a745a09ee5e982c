"""Forms: what a person types, asked for field by field, and the draft that it makes.

A form asks what can be asked of one field. Everything else is asked at the one door
(`peyman.web.records.record`), and a refusal is shown above the form as it was filled in.
"""
