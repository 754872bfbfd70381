#include "search/diffusion.h"

#include <algorithm>
#include <bitset>
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

// A text as a vector of length 1: its surfaces and their weights.
using TextVector = std::vector<std::pair<std::uint16_t, float>>;

// One number for each surface; all 0 between uses.
using BySurface = std::vector<float>;

const std::bitset<65'536>& stop_surfaces() {
  static const auto surfaces = [] {
    std::bitset<65'536> set;
    for (const auto word : stop_words()) set.set(Analyzer::signature_hash(word));
    return set;
  }();
  return surfaces;
}

// A passage, those around it in its article, and the title.
TextVector surroundings_of(Xapian::docid docid, const Signatures& signatures, BySurface& tf) {
  TextVector vector;
  const auto count = [&](std::span<const std::uint16_t> signature) {
    for (const std::uint16_t surface : signature) {
      if (stop_surfaces()[surface]) continue;
      if (tf[surface]++ == 0) vector.emplace_back(surface, 0.0F);
    }
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
  for (auto& [surface, weight] : vector) {
    const float times = std::exchange(tf[surface], 0.0F);
    weight = times / (times + weights::kSimilarityK);
    squares += weight * weight;
  }
  for (auto& [surface, weight] : vector) weight /= std::sqrt(squares);
  return vector;
}

// The cosines of all pairs, as a square.
std::vector<double> similarities(const std::vector<TextVector>& vectors, BySurface& weight_of) {
  const std::size_t n = vectors.size();
  std::vector<double> cosines(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    for (const auto& [surface, weight] : vectors[i]) weight_of[surface] = weight;
    for (std::size_t j = i + 1; j < n; ++j) {
      float sum = 0;
      for (const auto& [surface, weight] : vectors[j]) sum += weight * weight_of[surface];
      cosines[i * n + j] = cosines[j * n + i] = sum;
    }
    for (const auto& [surface, weight] : vectors[i]) weight_of[surface] = 0;
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
  BySurface by_surface(stop_surfaces().size());
  std::vector<TextVector> vectors;
  for (const auto& passage : best) vectors.push_back(surroundings_of(passage.docid, signatures, by_surface));
  const std::vector<double> cosines = similarities(vectors, by_surface);
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
