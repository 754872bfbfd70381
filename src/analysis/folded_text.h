// FoldedText: a text after normalisation and folding, with the kind of every byte and the way back to the original.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/kind.h"

namespace nutgraf::analysis {

class FoldedText {
 public:
  /// Kinds may be read this far behind the end: they are separators there.
  static constexpr std::size_t kPadding = 4;

  /// Makes room for `size` bytes that stand where they stood in the original (ASCII).
  void reset_identity(std::size_t size) {
    identity_ = true;
    size_ = size;
    text_.resize(size);
    kinds_.resize(size + kPadding);
    pad();
  }

  /// Empties it, for append().
  void reset_mapped(std::size_t expected) {
    identity_ = false;
    size_ = 0;
    text_.clear();
    kinds_.clear();
    begins_.clear();
    ends_.clear();
    text_.reserve(expected);
    kinds_.reserve(expected + kPadding);
    begins_.reserve(expected);
    ends_.reserve(expected);
  }

  /// One folded character that came from bytes [begin, end) of the original.
  void append(std::string_view character, Kind kind, std::uint32_t begin, std::uint32_t end) {
    const bool has_tail = kind == Kind::cjk || kind == Kind::currency;
    for (std::size_t i = 0; i < character.size(); ++i) {
      text_.push_back(character[i]);
      kinds_.push_back(i > 0 && has_tail ? Kind::tail : kind);
      begins_.push_back(begin);
      ends_.push_back(end);
    }
  }

  /// Takes back what was appended behind `size`.
  void truncate(std::size_t size) {
    text_.resize(size);
    kinds_.resize(size);
    begins_.resize(size);
    ends_.resize(size);
  }

  /// Lets the last character reach to `end`, where `begin` is where it ended: an accent that folding dropped.
  void extend_last(std::uint32_t begin, std::uint32_t end) {
    if (!ends_.empty() && ends_.back() == begin) ends_.back() = end;
  }

  /// Ends the appending.
  void finish() {
    size_ = text_.size();
    kinds_.resize(size_ + kPadding);
    pad();
  }

  [[nodiscard]] std::size_t appended() const { return text_.size(); }
  [[nodiscard]] Kind last_kind() const { return kinds_.empty() ? Kind::separator : kinds_.back(); }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] const char* data() const { return text_.data(); }
  [[nodiscard]] const Kind* kinds() const { return kinds_.data(); }
  [[nodiscard]] char* mutable_data() { return text_.data(); }
  [[nodiscard]] Kind* mutable_kinds() { return kinds_.data(); }
  [[nodiscard]] std::string_view slice(std::size_t from, std::size_t to) const {
    return std::string_view(text_).substr(from, to - from);
  }
  /// Where folded byte `i` came from.
  [[nodiscard]] std::uint32_t begin_of(std::size_t i) const {
    return identity_ ? static_cast<std::uint32_t>(i) : begins_[i];
  }
  [[nodiscard]] std::uint32_t end_of(std::size_t i) const {
    return identity_ ? static_cast<std::uint32_t>(i + 1) : ends_[i];
  }

 private:
  void pad() {
    for (std::size_t i = 0; i < kPadding; ++i) kinds_[size_ + i] = Kind::separator;
  }

  bool identity_ = true;
  std::size_t size_ = 0;
  std::string text_;
  std::vector<Kind> kinds_;
  std::vector<std::uint32_t> begins_, ends_;
};

}  // namespace nutgraf::analysis
