"""Platforms of a province with industry and source, from the JSON-LD file alone, by plain JSON.

Usage: python with_json.py zsgraph.jsonld 四川省
"""

import json
import sys

path, province = sys.argv[1:]
with open(path, encoding="utf-8") as stream:
    things = {thing["id"]: thing for thing in json.load(stream)["@graph"]}


def name(thing_id: str) -> str:
    return things[thing_id].get("prefLabel", {}).get("zh", "")


(place,) = [
    thing["id"]
    for thing in things.values()
    if "Region" in thing.get("type", []) and name(thing["id"]) == province
]
rows = set()
for thing in things.values():
    if "Platform" in thing.get("type", []) and place in thing.get("locatedIn", []):
        for industry in thing.get("inIndustry", []):
            for source in thing["source"]:
                address = things[source].get("address", "")
                rows.add((name(thing["id"]), name(industry), address))
for row in sorted(rows):
    print("\t".join(row))
