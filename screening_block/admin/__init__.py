"""The editors' screens of the law: charts, thresholds, reports and the map."""
