#include "nutgraf/passage.h"

#include <algorithm>

#include "passage/partition.h"
#include "passage/repeats.h"
#include "passage/words.h"
#include "text/sentences.h"
#include "text/utf8.h"

namespace nutgraf {
namespace {

// Sentences shorter than this go with the one before, so that a text of full stops is no burden.
constexpr std::size_t kShortSentence = 5 * kWord;

PassageOptions in_order(PassageOptions options) {
  options.target = std::max<std::size_t>(options.target, 1);
  options.minimum = std::min(options.minimum, options.target);
  options.maximum = std::max(options.maximum, options.target);
  return options;
}

class Splitter {
 public:
  Splitter(const Article& article, const PassageOptions& options)
      : article_(article), text_(article.text), options_(in_order(options)) {}

  std::vector<Passage> run() {
    measure_blocks();
    const std::vector<bool> repeats = find_repeats(blocks_, options_.target * kWord / 6, options_.minimum * kWord);
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      const Block& block = article_.blocks[i];
      if (blocks_[i].cut_before || repeats[i]) end_stretch();
      if (block.kind == BlockKind::heading) {
        heading_ = block.text;
      } else if (!block.text.empty()) {
        stretch_.push_back({block.text, blocks_[i].length, CutKind::paragraph});
      }
    }
    end_stretch();
    return std::move(passages_);
  }

 private:
  [[nodiscard]] std::string_view slice(ByteRange range) const { return text_.substr(range.begin, range.size()); }

  // Lengths of the blocks, and where headings and gaps with text in them force a cut.
  void measure_blocks() {
    blocks_.reserve(article_.blocks.size());
    std::size_t end = 0;
    bool after_heading = false;
    for (const Block& block : article_.blocks) {
      const std::string_view text = slice(block.text);
      const bool heading = block.kind == BlockKind::heading;
      const bool gap = skip_space(text_.substr(0, block.text.begin), end) < block.text.begin;
      blocks_.push_back({text, std::max(length_of(text), kWord), heading || after_heading || gap});
      after_heading = heading;
      end = block.text.end;
    }
  }

  // Cuts the paragraphs gathered so far; they have no forced cut between them.
  void end_stretch() {
    if (stretch_.empty()) return;
    std::size_t length = 0;
    for (const Atom& paragraph : stretch_) length += paragraph.length;
    if (length <= options_.target * kWord) {
      add_passage({stretch_.front().text.begin, stretch_.back().text.end});
    } else {
      cut_stretch();
    }
    stretch_.clear();
  }

  void cut_stretch() {
    std::vector<Atom> atoms = atoms_of_stretch(false);
    std::vector<std::size_t> ends = partition(atoms, options_);
    if (ends.size() > 1 && has_crumb(atoms, ends)) {
      atoms = atoms_of_stretch(true);
      ends = partition(atoms, options_);
    }
    std::size_t begin = 0;
    for (const std::size_t end : ends) {
      add_passage({atoms[begin].text.begin, atoms[end - 1].text.end});
      begin = end;
    }
  }

  [[nodiscard]] bool has_crumb(const std::vector<Atom>& atoms, const std::vector<std::size_t>& ends) const {
    std::size_t begin = 0;
    for (const std::size_t end : ends) {
      std::size_t length = 0;
      for (; begin < end; ++begin) length += atoms[begin].length;
      if (length < options_.minimum * kWord) return true;
    }
    return false;
  }

  // Paragraphs, those that are too long (or all of them) taken apart.
  [[nodiscard]] std::vector<Atom> atoms_of_stretch(bool take_all_apart) {
    std::vector<Atom> atoms;
    for (const Atom& paragraph : stretch_) {
      const bool too_long = paragraph.length > options_.maximum * kWord;
      if (too_long || (take_all_apart && paragraph.length > kShortSentence)) {
        take_apart(paragraph, too_long ? CutKind::long_paragraph : CutKind::paragraph_kept, atoms);
      } else {
        atoms.push_back(paragraph);
      }
    }
    return atoms;
  }

  void take_apart(const Atom& paragraph, CutKind kind, std::vector<Atom>& atoms) {
    const std::string_view text = slice(paragraph.text);
    find_sentence_ends(text, sentence_ends_);
    const std::size_t first = atoms.size();
    std::size_t begin = 0;
    for (const std::size_t end : sentence_ends_) {
      const std::size_t length = length_of(text.substr(begin, end - begin));
      const ByteRange range{paragraph.text.begin + begin, paragraph.text.begin + skip_space_back(text, begin, end)};
      begin = end;
      if (range.empty()) continue;
      if (length > options_.maximum * kWord) {
        cut_sentence(range, length, kind, atoms);
      } else if (length < kShortSentence && atoms.size() > first &&
                 atoms.back().length + length <= options_.maximum * kWord) {
        atoms.back().text.end = range.end;
        atoms.back().length += length;
      } else {
        atoms.push_back({range, length, kind});
      }
    }
    atoms[first].cut = paragraph.cut;
  }

  // Cuts a sentence that is too long for a passage between words, into more parts than needed to leave a choice.
  void cut_sentence(ByteRange range, std::size_t length, CutKind kind, std::vector<Atom>& atoms) {
    const std::string_view text = slice(range);
    const std::size_t parts = (4 * length + options_.target * kWord - 1) / (options_.target * kWord);
    const std::size_t part = std::max<std::size_t>(length / parts, 1);
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = skip_space(text, cut_after(text, begin, part));
      const std::size_t trimmed = skip_space_back(text, begin, end);
      atoms.push_back({{range.begin + begin, range.begin + trimmed},
                       length_of(text.substr(begin, end - begin)),
                       begin == 0 ? kind : CutKind::sentence});
      begin = end;
    }
  }

  void add_passage(ByteRange text) {
    Passage passage;
    passage.ordinal = static_cast<unsigned>(passages_.size() + 1);
    passage.heading = slice(heading_);
    passage.text = text;
    passage.bytes = origin_of(article_, text);
    passage.lines = lines_of(article_, passage.bytes);
    passages_.push_back(std::move(passage));
  }

  const Article& article_;
  const std::string_view text_;
  const PassageOptions options_;
  std::vector<RepeatBlock> blocks_;         // as Article::blocks
  std::vector<Atom> stretch_;               // paragraphs since the last forced cut
  std::vector<std::size_t> sentence_ends_;  // scratch
  ByteRange heading_;
  std::vector<Passage> passages_;
};

}  // namespace

std::vector<Passage> split_into_passages(const Article& article, const PassageOptions& options) {
  return Splitter(article, options).run();
}

}  // namespace nutgraf
