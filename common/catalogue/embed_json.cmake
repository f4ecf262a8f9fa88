# cmake -DIN=<catalogue.json> -DOUT=<file.cc> -P embed_json.cmake
# Writes the file as a byte array, since no string literal may be that long, with the function that
# built_in_json.h declares.
file(READ "${IN}" hex HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
file(WRITE "${OUT}.new" "#include \"common/catalogue/built_in_json.h\"

namespace oshirase::catalogue {
namespace {

constexpr char kJson[] = {${bytes}};

}  // namespace

std::string_view BuiltInJson() { return {kJson, sizeof(kJson)}; }

}  // namespace oshirase::catalogue
")
file(COPY_FILE "${OUT}.new" "${OUT}" ONLY_IF_DIFFERENT)
file(REMOVE "${OUT}.new")
