// How the parts of the reader say that a document cannot be read; ArticleReader turns it into a Rejection.
#pragma once

#include <stdexcept>
#include <string>

#include "nutgraf/article.h"

namespace nutgraf::reader {

/// what() is the reason of the rejection.
struct Unreadable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A record without a text of which something is known.
struct UnreadableRecord : Unreadable {
  UnreadableRecord(const std::string& reason, const Article& record)
      : Unreadable(reason), id(record.id.empty() ? record.url : record.id) {}
  std::string id;
};

/// The file that holds the document is broken from here on: nothing more comes out of it.
struct BrokenFile : Unreadable {
  using Unreadable::Unreadable;
};

}  // namespace nutgraf::reader
