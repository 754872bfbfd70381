#include "analysis/stemmer.h"

#include <xapian.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <utility>

namespace nutgraf::analysis {
namespace {

enum Script : int { kNoScript, kLatin, kCyrillic, kArmenian, kArabic, kDevanagari, kTamil };

struct KnownLanguage {
  std::string_view code;
  Script script;
};

constexpr std::array kLanguages{
    KnownLanguage{"en", kLatin},      KnownLanguage{"ar", kArabic}, KnownLanguage{"ca", kLatin},
    KnownLanguage{"da", kLatin},      KnownLanguage{"de", kLatin},  KnownLanguage{"es", kLatin},
    KnownLanguage{"eu", kLatin},      KnownLanguage{"fi", kLatin},  KnownLanguage{"fr", kLatin},
    KnownLanguage{"ga", kLatin},      KnownLanguage{"hu", kLatin},  KnownLanguage{"hy", kArmenian},
    KnownLanguage{"id", kLatin},      KnownLanguage{"it", kLatin},  KnownLanguage{"lt", kLatin},
    KnownLanguage{"ne", kDevanagari}, KnownLanguage{"nl", kLatin},  KnownLanguage{"no", kLatin},
    KnownLanguage{"pt", kLatin},      KnownLanguage{"ro", kLatin},  KnownLanguage{"ru", kCyrillic},
    KnownLanguage{"sv", kLatin},      KnownLanguage{"ta", kTamil},  KnownLanguage{"tr", kLatin},
};
constexpr std::size_t kEnglish = 0;

struct StemException {
  std::string_view word;
  std::string_view term;
};

/// Words whose English stem would make a company's name and a common word one term, found by stemming the S&P 500
/// against a newswire. They hold in every language, so that a name has one term in all of them. Not here: names that
/// are spelt like the common word anyway (Target, Gap, General, Visa, Intel): to keep "targets" from "target" would
/// lose more than it gains.
constexpr std::array kExceptions{
    StemException{"adobe", "adobe"},              // adobes
    StemException{"apple", "apple"},              // apples
    StemException{"ares", "ares"},                // are
    StemException{"armed", "arms"},               // Arm
    StemException{"arming", "arms"},              //
    StemException{"arms", "arms"},                //
    StemException{"assurant", "assurant"},        // assure, assurance
    StemException{"boeing", "boeing"},            // BoE, the Bank of England
    StemException{"cooper", "cooper"},            // cooperate
    StemException{"corning", "corning"},          // corn
    StemException{"elevance", "elevance"},        // elevator
    StemException{"lowe", "lowe"},                // low
    StemException{"nestle", "nestle"},            // nestled, nestling
    StemException{"oracle", "oracle"},            // oracles
    StemException{"progressive", "progressive"},  // progress
    StemException{"shelled", "shells"},           // Shell
    StemException{"shelling", "shells"},          //
    StemException{"shells", "shells"},            //
    StemException{"united", "united"},            // unit, unite
    StemException{"universal", "universal"},      // university, universe
    StemException{"wells", "wells"},              // well
    StemException{"williams", "williams"},        // William
};

constexpr std::size_t kLongestWord = 48;  // bytes; longer ones are no words and are not stemmed
// A search stems a few words, an indexer all there are: the cache starts small and doubles.
constexpr std::size_t kFirstCacheSlots = 1U << 7U;
constexpr std::size_t kCacheSlots = 1U << 16U;

/// The term of a word that Snowball does not stem; empty where it does.
std::string_view exceptional_term(std::string_view word) {
  for (const StemException& exception : kExceptions) {
    if (exception.word == word) return exception.term;
  }
  return {};
}

/// Script of the first letter of a folded word.
Script script_of(std::string_view word) {
  const auto lead = static_cast<unsigned char>(word[0]);
  if (lead < 0xCB) return kLatin;
  if (lead >= 0xD0 && lead <= 0xD4) return kCyrillic;
  if (lead == 0xD5 || lead == 0xD6) return kArmenian;
  if (lead >= 0xD8 && lead <= 0xDB) return kArabic;
  if (lead != 0xE0 || word.size() < 2) return kNoScript;
  const auto second = static_cast<unsigned char>(word[1]);
  if (second == 0xA4 || second == 0xA5) return kDevanagari;
  if (second == 0xAE || second == 0xAF) return kTamil;
  return kNoScript;
}

/// Number of a language in kLanguages; their size where there is no stemmer.
std::size_t number_of(std::string_view language) {
  if (const std::size_t subtag = language.find_first_of("-_"); subtag != std::string_view::npos)
    language = language.substr(0, subtag);
  if (language == "nb" || language == "nn") language = "no";
  const auto* const found = std::find_if(kLanguages.begin(), kLanguages.end(),
                                         [&](const KnownLanguage& known) { return known.code == language; });
  return static_cast<std::size_t>(found - kLanguages.begin());
}

}  // namespace

struct Stemmer::Snowball {
  Xapian::Stem stem;
  std::string mark;  // in front of every stem
};

// Stems of several languages share one index, and what is a stem in one may be a word in another ("OpenAI" is a form of
// "open" to French, "vs" one of "v" to German): all but the English ones carry their language.
Stemmer::Stemmer(std::string_view code)
    : snowball_(std::make_unique<Snowball>(
          Snowball{Xapian::Stem(std::string(code)), code == kLanguages[kEnglish].code ? "" : std::string(code) + ":"})),
      entries_(kFirstCacheSlots) {}
Stemmer::~Stemmer() = default;

std::string_view Stemmer::stem(std::string_view word, Arena& arena) {
  if (word.size() > kLongestWord) return word;
  const std::uint64_t hash = XXH3_64bits(word.data(), word.size());
  Entry* entry = &find(word, hash);
  if (entry->word_length == 0) {
    if (used_ >= entries_.size() / 4 * 3) {
      make_room();
      entry = &find(word, hash);
    }
    learn(*entry, word, hash);
  }
  if (entry->is_prefix) return word.substr(0, entry->stem_length);
  return arena.copy(std::string_view(strings_).substr(entry->stem, entry->stem_length));
}

/// The entry of `word`, or the free one where it belongs.
Stemmer::Entry& Stemmer::find(std::string_view word, std::uint64_t hash) {
  const std::size_t mask = entries_.size() - 1;
  for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    Entry& entry = entries_[slot];
    if (entry.word_length == 0) return entry;
    if (entry.hash == hash && std::string_view(strings_).substr(entry.word, entry.word_length) == word) return entry;
  }
}

void Stemmer::learn(Entry& entry, std::string_view word, std::uint64_t hash) {
  std::string stem(exceptional_term(word));
  if (stem.empty()) {
    stem = snowball_->stem(std::string(word));
    if (stem.empty() || stem.size() > kLongestWord) stem = word;
    stem.insert(0, snowball_->mark);
  }
  entry.hash = hash;
  entry.word = static_cast<std::uint32_t>(strings_.size());
  entry.word_length = static_cast<std::uint8_t>(word.size());
  strings_ += word;
  entry.is_prefix = word.substr(0, stem.size()) == stem;
  entry.stem = static_cast<std::uint32_t>(strings_.size());
  entry.stem_length = static_cast<std::uint8_t>(stem.size());
  if (!entry.is_prefix) strings_ += stem;
  ++used_;
}

void Stemmer::make_room() {
  if (entries_.size() < kCacheSlots) {
    const auto entries = std::exchange(entries_, std::vector<Entry>(2 * entries_.size()));
    const std::size_t mask = entries_.size() - 1;
    for (const Entry& entry : entries) {
      if (entry.word_length == 0) continue;
      std::size_t slot = entry.hash & mask;
      while (entries_[slot].word_length != 0) slot = (slot + 1) & mask;
      entries_[slot] = entry;
    }
    return;
  }
  std::fill(entries_.begin(), entries_.end(), Entry{});
  strings_.clear();
  used_ = 0;
}

Stemmers::Stemmers() : stemmers_(kLanguages.size()) {}
Stemmers::~Stemmers() = default;

Stemmers::Choice Stemmers::choose(std::string_view language) {
  const std::size_t number = number_of(language);
  const bool known = number < kLanguages.size();
  Choice choice;
  choice.latin_ = &get(known && kLanguages[number].script == kLatin ? number : kEnglish);
  if (known && kLanguages[number].script != kLatin) {
    choice.other_ = &get(number);
    choice.script_ = kLanguages[number].script;
  }
  return choice;
}

Stemmer& Stemmers::get(std::size_t number) {
  if (!stemmers_[number]) stemmers_[number] = std::make_unique<Stemmer>(kLanguages[number].code);
  return *stemmers_[number];
}

std::string_view Stemmers::Choice::term(std::string_view word, Arena& arena) const {
  const Script script = script_of(word);
  if (script == kLatin) return latin_->stem(word, arena);
  return script == script_ && other_ != nullptr ? other_->stem(word, arena) : word;
}

}  // namespace nutgraf::analysis
