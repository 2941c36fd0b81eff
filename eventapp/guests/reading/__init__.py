"""Reads guest lists of other tools, as a pure function from bytes to guests: `guest_file.read`.

In the order in which a file goes through them: `kinds` (what is no list), `spreadsheet` with
`workbook` in a process of its own, or `encodings` and `delimited` with `quotes`; `header` finds the
titles, `tables` puts it together. `titles` says what a title means, `evidence` what cells hold,
`columns` and `column_choice` what each column is taken for. `rows` reads each row, by `names`,
`addresses`, `statuses` and `status_columns`, `companions` and `parties`, `arrivals`; `not_guests`
knows totals and footers. `people` says whom all of them are about, `guest_file` what comes of it.

Words are data: titles.toml, statuses.toml, cells.toml and alphabets.toml, read by `vocabulary`.
"""
