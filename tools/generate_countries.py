"""Write ontology/gazetteer/countries.csv (for developers: needs babel and countryinfo).

English names and territory codes come from CLDR through babel, three-letter codes from countryinfo. Demonyms, capitals
that stand for a government, aliases and QIDs were collected by hand in ``states_by_hand.csv`` and
``regions_by_hand.csv``, beside this file; ``--check`` prints where countryinfo says otherwise, for a person to judge.
An empty name in ``states_by_hand.csv`` means: as CLDR has it.

    python tools/generate_countries.py [--check]
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator
from pathlib import Path

import babel
from countryinfo import all_countries

HERE = Path(__file__).parent
TARGET = HERE.parent / "ontology" / "gazetteer" / "countries.csv"
COLUMNS = (
    "id",
    "name",
    "kind",
    "iso3",
    "wikidata",
    "aliases",
    "demonyms",
    "capital",
    "government_aliases",
    "source",
)
NOT_TERRITORIES = frozenset(
    ("AC", "AQ", "BV", "CP", "CQ", "DG", "EA", "EU", "EZ", "HM", "IO", "QO", "TA", "TF", "UM", "UN", "XA", "XB", "ZZ")
)


def territories() -> dict[str, str]:
    """Two-letter territory codes of CLDR with their English names."""
    names = {str(code): str(name) for code, name in babel.Locale("en").territories.items()}
    return {code: names[code] for code in names if len(code) == 2 and code.isalpha() and code not in NOT_TERRITORIES}


def known_facts() -> dict[str, dict[str, str]]:
    """What countryinfo knows by two-letter code: iso3, demonym, capital."""
    facts = {}
    for info in all_countries():
        codes = info.iso()
        facts[codes["alpha2"]] = {
            "iso3": codes["alpha3"],
            "demonym": info.demonym() or "",
            "capital": info.capital() or "",
        }
    return facts


def by_hand(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def rows() -> Iterator[dict[str, str]]:
    """The rows of the gazetteer: states, then regions by hand, then the other territories of CLDR."""
    names, facts = territories(), known_facts()
    cldr = f"CLDR via babel {babel.__version__}"
    seen = set()
    for row in by_hand("states_by_hand.csv"):
        code = row.pop("code")
        seen.add(code)
        row["name"] = row["name"] or names[code]
        row["aliases"] = with_alias(row["aliases"], names[code], row["name"])
        yield {
            **row,
            "id": f"country:{code}",
            "kind": "state",
            "iso3": facts.get(code, {}).get("iso3", ""),
            "source": f"{cldr}; countryinfo; Narragraph editors, 2026-11",
        }
    for row in by_hand("regions_by_hand.csv"):
        code = row.pop("code")
        seen.add(code)
        yield {
            **row,
            "id": f"country:{code}",
            "iso3": facts.get(code, {}).get("iso3", ""),
            "source": f"{cldr}; Narragraph editors, 2026-11" if code in names else "Narragraph editors, 2026-11",
        }
    for code in sorted(names.keys() - seen):
        name = names[code].replace(" & ", " and ")
        yield {
            "id": f"country:{code}",
            "name": name,
            "kind": "territory",
            "iso3": facts.get(code, {}).get("iso3", ""),
            "aliases": with_alias("", names[code], name),
            "source": cldr,
        }


def with_alias(aliases: str, alias: str, name: str) -> str:
    listed = [part for part in aliases.split("|") if part]
    if alias != name and alias not in listed:
        listed.append(alias)
    return "|".join(listed)


def differences() -> Iterator[str]:
    facts = known_facts()
    for row in by_hand("states_by_hand.csv"):
        known = facts.get(row["code"], {})
        for column, fact in (("demonyms", known.get("demonym")), ("capital", known.get("capital"))):
            if fact and fact not in row[column].replace("?", "").split("|"):
                yield f"{row['code']}: {column} {row[column]!r}, countryinfo {fact!r}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only print where countryinfo says otherwise")
    if parser.parse_args().check:
        sys.stdout.writelines(line + "\n" for line in differences())
        return
    with TARGET.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows())


if __name__ == "__main__":
    main()
