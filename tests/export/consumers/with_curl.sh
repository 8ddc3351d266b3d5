#!/bin/sh
# Platforms of a province with industry and source, from the SPARQL endpoint, by curl alone.
#
# Usage: sh with_curl.sh http://127.0.0.1:8000/sparql 四川省
#
# The answer is CSV: the first line names the columns.
curl --fail --silent --show-error --header 'Accept: text/csv' \
  --data-urlencode query@- "$1" <<END
PREFIX zs: <https://w3id.org/zsgraph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?name ?industry ?address {
  ?place a zs:Region ; skos:prefLabel "$2"@zh .
  ?platform a zs:Platform ; zs:locatedIn ?place ; skos:prefLabel ?name ;
    zs:inIndustry ?in ; zs:source ?source .
  ?in skos:prefLabel ?industry .
  OPTIONAL { ?source zs:address ?address }
  FILTER (LANG(?name) = "zh" && LANG(?industry) = "zh")
}
END
