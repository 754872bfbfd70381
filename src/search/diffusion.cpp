#include "search/diffusion.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <span>
#include <unordered_map>
#include <utility>

#include "nutgraf/analyzer.h"
#include "search/stop_words.h"
#include "search/weights.h"

namespace nutgraf {
namespace {

struct BestPassage {
  Xapian::docid docid = 0;
  double score = 0;
};

// The surfaces of some texts, numbered from 1 as they come; stop words have no number.
class SurfaceNumbers {
 public:
  SurfaceNumbers() : numbers_(stop_words_only()) {}

  /// 0 for a stop word.
  std::uint16_t of(std::uint16_t surface) {
    std::uint16_t& number = numbers_[surface];
    last_ = static_cast<std::uint16_t>(last_ + (number == 0 ? 1 : 0));
    number = number == 0 ? last_ : number;
    return number == kStopWord ? 0 : number;
  }
  [[nodiscard]] std::size_t last() const { return last_; }

 private:
  static constexpr std::uint16_t kStopWord = 0xFFFF;  // there are some, so no other surface gets this number

  static const std::vector<std::uint16_t>& stop_words_only() {
    static const auto numbers = [] {
      std::vector<std::uint16_t> of_surfaces(kSurfaces);
      for (const auto word : stop_words()) of_surfaces[Analyzer::signature_hash(word)] = kStopWord;
      return of_surfaces;
    }();
    return numbers;
  }

  std::vector<std::uint16_t> numbers_;
  std::uint16_t last_ = 0;
};

// A text as a vector of length 1: the numbers of its surfaces and their weights.
using TextVector = std::vector<std::pair<std::uint16_t, float>>;

// A passage, those around it in its article, and the title. `tf` is all 0 between uses, but for stop words.
TextVector surroundings_of(Xapian::docid docid, const Signatures& signatures, SurfaceNumbers& numbers,
                           std::vector<float>& tf) {
  TextVector vector;
  const auto count = [&](std::span<const std::uint16_t> signature) {
    tf.resize(std::max(tf.size(), numbers.last() + signature.size() + 1));
    std::size_t size = vector.size();
    vector.resize(size + signature.size());
    for (const std::uint16_t surface : signature) {  // no processor can guess which of them are new
      const std::uint16_t number = numbers.of(surface);
      vector[size].first = number;
      size += tf[number] == 0 ? 1 : 0;
      ++tf[number];
    }
    vector.resize(size);
  };
  count(signatures.title(docid));
  const std::uint32_t ordinal = signatures.ordinal(docid);
  const std::uint32_t before = std::min(ordinal - 1, weights::kSurroundings);
  Xapian::docid passage = signatures.passage(signatures.article(docid), ordinal - before);
  for (std::uint32_t left = before + 1 + weights::kSurroundings; passage != 0 && left > 0; --left) {
    count(signatures.of(passage));
    passage = signatures.next_passage(passage);
  }
  float squares = 0;
  for (auto& [number, weight] : vector) {
    const float times = std::exchange(tf[number], 0.0F);
    weight = times / (times + weights::kSimilarityK);
    squares += weight * weight;
  }
  const float length = std::sqrt(squares);
  for (auto& [number, weight] : vector) weight /= length;
  return vector;
}

// The cosines of all pairs, as a square: each vector is multiplied with all before it at once.
std::vector<double> similarities(const std::vector<TextVector>& vectors, std::size_t last_number) {
  using Weights = std::array<float, weights::kDiffused>;  // by vector
  std::vector<Weights> weights_of(last_number + 1);       // by number
  const std::size_t n = vectors.size();
  std::vector<double> cosines(n * n);
  for (std::size_t j = 0; j < n; ++j) {
    Weights sums{};
    for (const auto& [number, weight] : vectors[j]) {
      Weights& before = weights_of[number];
      for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += weight * before[i];
      before[j] = weight;
    }
    for (std::size_t i = 0; i < j; ++i) cosines[i * n + j] = cosines[j * n + i] = sums[i];
  }
  return cosines;
}

// What article `i` gains by the others.
double gain_of(std::size_t i, const std::vector<BestPassage>& best, const std::vector<double>& cosines) {
  std::vector<std::pair<double, double>> neighbours;  // cosine, and what the neighbour has to give
  for (std::size_t j = 0; j < best.size(); ++j) {
    const double cosine = cosines[i * best.size() + j];
    if (i != j && cosine < weights::kCopy) neighbours.emplace_back(cosine, best[j].score - best.back().score);
  }
  const std::size_t count = std::min(neighbours.size(), weights::kNeighbours);
  std::partial_sort(neighbours.begin(), neighbours.begin() + static_cast<std::ptrdiff_t>(count), neighbours.end(),
                    std::greater<>());
  double sum = 0;
  for (std::size_t k = 0; k < count; ++k) sum += neighbours[k].first * neighbours[k].second;
  return weights::kDiffusion * sum / static_cast<double>(weights::kNeighbours);
}

}  // namespace

void diffuse(std::vector<Candidate>& candidates, const Signatures& signatures) {
  std::vector<BestPassage> best;
  std::unordered_map<Xapian::docid, std::size_t> place_of;  // of an article
  for (const auto& candidate : candidates) {
    if (best.size() == weights::kDiffused) break;
    if (place_of.emplace(signatures.article(candidate.docid), best.size()).second)
      best.push_back({candidate.docid, candidate.score});
  }
  SurfaceNumbers numbers;
  std::vector<float> tf{1};  // by number; stop words are never new
  std::vector<TextVector> vectors;
  for (const auto& passage : best) vectors.push_back(surroundings_of(passage.docid, signatures, numbers, tf));
  const std::vector<double> cosines = similarities(vectors, numbers.last());
  std::vector<double> gains;
  for (std::size_t i = 0; i < best.size(); ++i) gains.push_back(gain_of(i, best, cosines));
  for (auto& candidate : candidates) {
    const auto place = place_of.find(signatures.article(candidate.docid));
    if (place == place_of.end()) continue;
    candidate.neighbours = gains[place->second];
    candidate.score += candidate.neighbours;
  }
}

}  // namespace nutgraf
