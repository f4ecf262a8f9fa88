#!/usr/bin/python3
"""Usage: derive_font.py FONT.ttf DERIVED.ttf

Makes a font that cairo embeds faster. cairo 1.16 asks the font for the character of each glyph it
embeds, and reads the whole character map to find it, unless glyphs are in the order of their
characters. That was a third of the time a sheet takes. Instructions for screens are left out too:
print has no use for them, and they are a quarter of a sheet's bytes. No outline changes.
"""
import io
import sys

from fontTools import subset
from fontTools.ttLib import TTFont


def without_screen_hints(path):
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["*"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.drop_tables += ["DSIG", "gasp", "meta"]
    font = subset.load_font(path, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=set(font.getBestCmap()))
    subsetter.subset(font)
    plain = io.BytesIO()
    font.save(plain)
    plain.seek(0)
    return TTFont(plain, lazy=False)


def in_order_of_characters(font):
    glyphs = [".notdef"]
    glyphs += (glyph for _, glyph in sorted(font.getBestCmap().items()))
    glyphs += font.getGlyphOrder()
    return list(dict.fromkeys(glyphs))


def main():
    source, target = sys.argv[1:]
    font = without_screen_hints(source)
    # Tables name glyphs by number until they are read: all must be before the numbers change.
    for tag in font.keys():
        if tag != "GlyphOrder" and hasattr(font[tag], "ensureDecompiled"):
            font[tag].ensureDecompiled()
    outlines = font["glyf"]
    for glyph in outlines.keys():
        outlines[glyph].expand(outlines)
    order = in_order_of_characters(font)
    font.setGlyphOrder(order)
    outlines.glyphOrder = order
    # The time of building must not be in it: the same fonts are the same bytes.
    font.recalcTimestamp = False
    font.save(target)


if __name__ == "__main__":
    main()
