// One thread draws at a time.
//
// Cairo keeps at most ten FreeType faces open and closes any it believes idle, which it reads
// without the lock that guards it. With our fonts, which are of more files than that, one thread
// would close the face that another is about to draw with, and the process would die.
#pragma once

namespace oshirase::registry::pdf {

// The turn of the thread that made it, while it lives. Turns are taken in the order of arrival.
class [[nodiscard]] DrawingTurn {
 public:
  DrawingTurn();
  ~DrawingTurn();
  DrawingTurn(const DrawingTurn&) = delete;
  DrawingTurn& operator=(const DrawingTurn&) = delete;

  // Lets everybody who waits go first: between the sheets of a long book.
  void PassOn();
};

}  // namespace oshirase::registry::pdf
