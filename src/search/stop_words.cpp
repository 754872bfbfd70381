#include "search/stop_words.h"

#include <algorithm>
#include <array>

namespace nutgraf {
namespace {

// Sorted. English function words, and the words with which people ask for articles. Not here: numbers, and words that
// are names as often ("us", "who").
constexpr auto kStopWords = std::to_array<std::string_view>({
    "a",       "about",    "above",      "after",  "again",     "against",    "all",        "also",       "am",
    "an",      "and",      "any",        "are",    "aren't",    "article",    "articles",   "as",         "at",
    "be",      "because",  "been",       "before", "being",     "below",      "between",    "both",       "but",
    "by",      "called",   "can",        "can't",  "cannot",    "concerning", "could",      "couldn't",   "deal",
    "dealing", "dealt",    "describe",   "did",    "didn't",    "discuss",    "discussing", "do",         "does",
    "doesn't", "doing",    "don't",      "down",   "during",    "each",       "exist",      "few",        "find",
    "for",     "from",     "further",    "give",   "had",       "hadn't",     "has",        "hasn't",     "have",
    "haven't", "having",   "he",         "her",    "here",      "hers",       "herself",    "him",        "himself",
    "his",     "how",      "i",          "i'm",    "if",        "in",         "interest",   "interested", "into",
    "is",      "isn't",    "it",         "its",    "itself",    "just",       "made",       "make",       "many",
    "may",     "me",       "might",      "more",   "most",      "much",       "must",       "my",         "myself",
    "no",      "nor",      "not",        "of",     "off",       "on",         "once",       "only",       "or",
    "other",   "ought",    "our",        "ours",   "ourselves", "out",        "over",       "own",        "paper",
    "papers",  "please",   "same",       "shall",  "she",       "should",     "shouldn't",  "so",         "some",
    "such",    "tell",     "than",       "that",   "the",       "their",      "theirs",     "them",       "themselves",
    "then",    "there",    "these",      "they",   "this",      "those",      "through",    "to",         "too",
    "under",   "until",    "up",         "use",    "used",      "using",      "very",       "was",        "wasn't",
    "we",      "were",     "weren't",    "what",   "when",      "where",      "which",      "while",      "whom",
    "whose",   "why",      "will",       "with",   "won't",     "would",      "wouldn't",   "you",        "your",
    "yours",   "yourself", "yourselves",
});
static_assert(std::is_sorted(kStopWords.begin(), kStopWords.end()));

}  // namespace

std::span<const std::string_view> stop_words() { return kStopWords; }

bool is_stop_word(std::string_view surface) {
  return std::binary_search(kStopWords.begin(), kStopWords.end(), surface);
}

}  // namespace nutgraf
