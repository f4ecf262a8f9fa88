# cmake -DOUT=<file.cc> -DFILES=<name=path+path|name=path|...> -P embed_assets.cmake
# Writes the files as byte arrays, with the function that view/assets.h declares. An asset of several
# files is one after the other.
string(REPLACE "|" ";" files "${FILES}")
set(arrays "")
set(entries "")
set(index 0)
foreach(file ${files})
  string(REGEX MATCH "^([^=]+)=(.*)$" matched "${file}")
  set(name "${CMAKE_MATCH_1}")
  string(REPLACE "+" ";" paths "${CMAKE_MATCH_2}")
  set(bytes "")
  foreach(path ${paths})
    file(READ "${path}" hex HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," part "${hex}")
    string(APPEND bytes "${part}")
  endforeach()
  string(APPEND arrays "constexpr char kAsset${index}[] = {${bytes}'\\0'};\n")
  string(APPEND entries "    {\"${name}\", {kAsset${index}, sizeof(kAsset${index}) - 1}},\n")
  math(EXPR index "${index} + 1")
endforeach()
file(WRITE "${OUT}.new" "#include \"services/gateway/view/assets.h\"

namespace oshirase::gateway {
namespace {

${arrays}
constexpr Asset kAssets[] = {
${entries}};

}  // namespace

std::span<const Asset> Assets() { return kAssets; }

}  // namespace oshirase::gateway
")
file(COPY_FILE "${OUT}.new" "${OUT}" ONLY_IF_DIFFERENT)
file(REMOVE "${OUT}.new")
