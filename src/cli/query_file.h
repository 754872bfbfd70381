// Query file: many queries, one a line, read as they are wanted.
#pragma once

#include <cstddef>
#include <fstream>
#include <iosfwd>
#include <optional>
#include <string>

namespace nutgraf::cli {

struct FileQuery {
  std::string qid;
  std::string text;
};

/// Lines "qid<TAB>query", or queries alone, whose qid is the number of their line. Blank lines are passed over; CRLF
/// and a byte order mark are taken off; what is no UTF-8 is left to the search.
class QueryFile {
 public:
  /// "-" is stdin. Error(usage) where the file cannot be read, here or in next().
  explicit QueryFile(std::string name);
  QueryFile(const QueryFile&) = delete;
  QueryFile& operator=(const QueryFile&) = delete;

  /// Nothing at the end.
  std::optional<FileQuery> next();

 private:
  std::string name_;
  std::ifstream file_;
  std::istream& in_;
  std::size_t line_ = 0;  // read last
};

}  // namespace nutgraf::cli
