import os
import subprocess
import tempfile
import unittest

from postalcodes import places
from postalcodes.places import Place

TOOL = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "postal-codes")


class TownNameTest(unittest.TestCase):
    def test_what_is_no_part_of_an_address_is_dropped(self):
        cases = {
            "本町": "本町",
            "以下に掲載がない場合": "",
            "丸の内（次のビルを除く）": "丸の内",
            "大手町（次のビルを": "大手町",
            "大谷「下記以外」": "大谷",
            "横浜市中区の次に番地がくる場合": "",
            "甲、乙（本町）": "",
            "種市第１地割〜第４５地割": "",
            "": "",
        }
        for text, expected in cases.items():
            self.assertEqual(places.town_name(text, "横浜市中区"), expected, text)

    def test_a_whole_village_has_no_town_but_a_place_called_ichien_is_one(self):
        self.assertEqual(places.town_name("利島村一円", "利島村"), "")
        self.assertEqual(places.town_name("鳴沢村一円", "南都留郡鳴沢村"), "")
        self.assertEqual(places.town_name("一円", "犬上郡多賀町"), "一円")


class KenAllTest(unittest.TestCase):
    def read(self, *rows, encoding="utf-8"):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "ken_all.csv")
            with open(path, "w", encoding=encoding, newline="") as file:
                file.writelines(rows)
            return list(places.read_ken_all(path))

    def row(self, code, municipality, town):
        return f'14104,"231  ","{code}","カナガワケン","ヨコハマシナカク","マチ","神奈川県","{municipality}","{town}",0,0,0,0,0,0\r\n'

    def test_rows_become_places(self):
        found = self.read(self.row("2310005", "横浜市中区", "本町"),
                          self.row("2310000", "横浜市中区", "以下に掲載がない場合"))
        self.assertEqual(found, [Place("2310005", "神奈川県", "横浜市中区", "本町"),
                                 Place("2310000", "神奈川県", "横浜市中区", "")])

    def test_a_parenthesis_over_several_rows_is_one_place(self):
        found = self.read(self.row("0660005", "千歳市", "協和（８８−２、２７１−１０、"),
                          self.row("0660005", "千歳市", "４３１、"),
                          self.row("0660005", "千歳市", "６２５）"),
                          self.row("0660005", "千歳市", "旭"))
        self.assertEqual([place.town for place in found], ["協和", "旭"])

    def test_another_file_is_refused_with_the_line(self):
        with self.assertRaisesRegex(places.BadSource, "line 2"):
            self.read(self.row("2310005", "横浜市中区", "本町"), "a,b\r\n")
        with self.assertRaisesRegex(places.BadSource, "utf_ken_all"):
            self.read(self.row("2310005", "横浜市中区", "本町"), encoding="cp932")


class ToolTest(unittest.TestCase):
    def run_tool(self, *arguments):
        return subprocess.run([TOOL, *arguments], capture_output=True, text=True, check=False)

    def test_the_seed_knows_every_municipality_and_is_sorted(self):
        with tempfile.TemporaryDirectory() as folder:
            out = os.path.join(folder, "postal_codes.tsv")
            self.assertEqual(self.run_tool("seed", out).returncode, 0)
            with open(out, "rb") as file:
                lines = file.read().splitlines()
        self.assertEqual(lines, sorted(lines))
        found = {}
        for line in lines:
            code, prefecture, municipality, town = line.decode().split("\t")
            found.setdefault(code, []).append((prefecture, municipality, town))
        self.assertEqual(found["2310005"], [("神奈川県", "横浜市中区", "本町")])
        self.assertEqual(found["1000301"], [("東京都", "利島村", "")])
        self.assertEqual({town[1] for town in found["4520961"]}, {"清須市"})
        self.assertEqual(len(found["4980000"]), 2)
        # All 1,741 municipalities, the wards of large cities among them one by one.
        self.assertEqual(len({place[:2] for places_ in found.values() for place in places_}), 1896)

    def test_wrong_use_is_2_and_a_bad_source_is_1_and_leaves_nothing(self):
        self.assertEqual(self.run_tool().returncode, 2)
        with tempfile.TemporaryDirectory() as folder:
            out = os.path.join(folder, "out")
            result = self.run_tool("import", os.devnull, out)
            self.assertEqual(result.returncode, 1)
            self.assertIn("no postal code", result.stderr)
            self.assertFalse(os.path.exists(out))


if __name__ == "__main__":
    unittest.main()
