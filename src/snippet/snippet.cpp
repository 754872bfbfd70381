#include "nutgraf/snippet.h"

#include <algorithm>

#include "snippet/matches.h"
#include "snippet/windows.h"

namespace nutgraf {
namespace {

constexpr double kLeastWeight = 1e-3;  // also what weighs nothing is better shown than not
constexpr double kShownAbove = 0.5;    // of its weight, for a concept that the reader has just seen in the title

// The part of the marks that lies in `range`, counted from its begin.
std::vector<ByteRange> marks_in(const std::vector<ByteRange>& marks, ByteRange range) {
  std::vector<ByteRange> result;
  auto mark = std::lower_bound(marks.begin(), marks.end(), range.begin,
                               [](const ByteRange& m, std::size_t begin) { return m.end <= begin; });
  for (; mark != marks.end() && mark->begin < range.end; ++mark) {
    result.push_back({std::max(mark->begin, range.begin) - range.begin, std::min(mark->end, range.end) - range.begin});
  }
  return result;
}

std::vector<double> weights_of(const std::vector<Concept>& concepts) {
  std::vector<double> weights;
  for (const Concept& asked : concepts) weights.push_back(asked.weight > kLeastWeight ? asked.weight : kLeastWeight);
  return weights;
}

void discount(std::vector<double>& weights, const std::vector<ConceptMatch>& above) {
  std::vector<bool> shown(weights.size(), false);
  for (const ConceptMatch& match : above) shown[match.about] = true;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (shown[i]) weights[i] *= kShownAbove;
  }
}

}  // namespace

std::vector<Fragment> make_snippet(std::string_view text, std::string_view language,
                                   const std::vector<Concept>& concepts, const Analyzer& analyzer,
                                   const SnippetOptions& options) {
  if (text.empty()) return {};
  TokenStream stream;
  analyzer.tokenize(text, language, stream);
  const ConceptMatcher matcher(concepts);
  const std::vector<ConceptMatch> matches = matcher.find(stream.tokens(), text);
  const std::vector<ByteRange> marks = merge_marks(text, matches);
  std::vector<double> weights = weights_of(concepts);
  analyzer.tokenize(options.above, language, stream);
  discount(weights, matcher.find(stream.tokens(), options.above));
  WindowChooser chooser(text, matches, std::move(weights), options.max_bytes);
  std::vector<ByteRange> ranges;
  while (ranges.size() < std::max<std::size_t>(options.fragments, 1)) {
    const ByteRange range = chooser.next();
    if (range.empty()) break;
    ranges.push_back(range);
  }
  if (ranges.empty()) ranges.push_back(chooser.start());
  std::sort(ranges.begin(), ranges.end(), [](const ByteRange& a, const ByteRange& b) { return a.begin < b.begin; });
  std::vector<Fragment> fragments;
  for (const ByteRange& range : ranges) {
    fragments.push_back({std::string(text.substr(range.begin, range.size())), range, marks_in(marks, range)});
  }
  return fragments;
}

std::vector<ByteRange> find_marks(std::string_view text, std::string_view language,
                                  const std::vector<Concept>& concepts, const Analyzer& analyzer) {
  TokenStream stream;
  analyzer.tokenize(text, language, stream);
  return merge_marks(text, ConceptMatcher(concepts).find(stream.tokens(), text));
}

bool holds_phrase(std::string_view text, const std::vector<std::string>& surfaces, const Analyzer& analyzer) {
  TokenStream stream;
  analyzer.tokenize(text, "en", stream);  // the language is for stems, and surfaces have none
  return !find_phrase(pieces_of(stream.tokens()), surfaces).empty();
}

}  // namespace nutgraf
