"""The law file of the pack, read a second time.

Written from the law file alone, in plain Python, by somebody who had not opened the
pack: its questions, its chart, its thresholds and one function a rule. The pack and
this reading are given the same answers (`compare`); where they differ, one of them
misread the law file, or the law file is not clear. `benchmarks/reading.py` compares
20,000 sets of answers; `test_reading.py` compares fewer, whenever the tests run.

Modules: `logic` (three values, days), `chart`, `thresholds`, `questions` and `gates`
(what is asked and when), `answered` (one set of answers), `case` (the facts), then the
rules: `convictions`, `deportability`, `inadmissibility`, `plans`, `status`, `clearing`
and `paths`; `generate` (answers), `compare`, `explained` (what may differ).
"""
