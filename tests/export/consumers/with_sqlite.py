"""Platforms of a province with industry and source, from the SQLite file alone.

Usage: python with_sqlite.py zsgraph.sqlite 四川省
"""

import sqlite3
import sys

QUERY = """
WITH RECURSIVE place (id) AS (
  SELECT id FROM regions WHERE name = ?
  UNION
  SELECT regions.id FROM regions JOIN place ON regions.parent = place.id
),
stated (platform, industry) AS (
  SELECT id, industries FROM platforms_industries
  UNION
  SELECT id, focus_industry FROM platforms WHERE focus_industry IS NOT NULL
),
industry (id, above) AS (
  SELECT id, id FROM industries
  UNION
  SELECT industry.id, parent.parent
  FROM industry JOIN industries AS parent ON parent.id = industry.above
  WHERE parent.parent IS NOT NULL
)
SELECT DISTINCT platforms.name, industries.name, coalesce(sources.address, '')
FROM platforms
JOIN platforms_region USING (id)
JOIN place ON place.id = platforms_region.region
JOIN stated ON stated.platform = platforms.id
JOIN industry ON industry.id = stated.industry
JOIN industries ON industries.id = industry.above
JOIN platforms_sources ON platforms_sources.id = platforms.id
JOIN sources ON sources.id = platforms_sources.sources
"""

path, province = sys.argv[1:]
for row in sorted(sqlite3.connect(path).execute(QUERY, (province,))):
    print("\t".join(row))
