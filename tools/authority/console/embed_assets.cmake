# cmake -DOUT=<file.cc> -DFILES=<path=file+file|path=file|...> -P embed_assets.cmake
# Writes the files as byte arrays, with the function that assets.h declares. An asset of several files
# is one after the other.
string(REPLACE "|" ";" files "${FILES}")
set(arrays "")
set(entries "")
set(index 0)
foreach(file ${files})
  string(REGEX MATCH "^([^=]+)=(.*)$" matched "${file}")
  set(path "${CMAKE_MATCH_1}")
  string(REPLACE "+" ";" parts "${CMAKE_MATCH_2}")
  set(bytes "")
  foreach(part ${parts})
    file(READ "${part}" hex HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," characters "${hex}")
    string(APPEND bytes "${characters}")
  endforeach()
  string(APPEND arrays "constexpr char kAsset${index}[] = {${bytes}'\\0'};\n")
  string(APPEND entries "    {\"/${path}\", {kAsset${index}, sizeof(kAsset${index}) - 1}},\n")
  math(EXPR index "${index} + 1")
endforeach()
file(WRITE "${OUT}.new" "#include \"tools/authority/console/assets.h\"

namespace oshirase::authority::console {
namespace {

${arrays}
constexpr Asset kAssets[] = {
${entries}};

}  // namespace

std::span<const Asset> Assets() { return kAssets; }

}  // namespace oshirase::authority::console
")
file(COPY_FILE "${OUT}.new" "${OUT}" ONLY_IF_DIFFERENT)
file(REMOVE "${OUT}.new")
