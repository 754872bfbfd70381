// Checks an index whole: Xapian's own check, every record, the side files against the stored text, the counts; of
// several shards also whether each article is where it belongs and all shards have every batch.
#include <map>
#include <utility>

#include "index/live_index.h"
#include "index/segment.h"
#include "index/shards.h"
#include "index/terms.h"
#include "index/vocabulary.h"
#include "nutgraf/index.h"

namespace nutgraf {
namespace {

class Checker {
 public:
  explicit Checker(const LiveShard& live) : live_(live) {}

  std::vector<std::string> run() {
    check_database();
    SignatureWalk walk(live_.signatures());
    for (const auto first : live_.articles()) {
      walk.reach(first);
      check_article(first);
    }
    check_counts();
    check_words();
    check_statistics();
    check_champions();
    check_word_pairs();
    return std::move(complaints_);
  }

 private:
  void complain(std::string what) {
    constexpr std::size_t kEnough = 20;
    if (complaints_.size() < kEnough) complaints_.push_back(std::move(what));
  }

  void check_database() {
    const auto path = live_.paths().passages();
    // Table by table: whole, a database with lent termlists (lent_termlists.h) lacks those of the other documents.
    for (const auto* table : {"postlist.glass", "docdata.glass"}) {
      // Xapian makes a table when the first document comes.
      if (std::error_code ignored; live_.manifest().articles == 0 && !std::filesystem::exists(path / table, ignored))
        continue;
      std::string complaints;
      if (const auto errors = check_table(path, table, complaints); errors != 0)
        complain("the Xapian database has " + std::to_string(errors) + " errors: " + complaints);
    }
  }

  void check_article(Xapian::docid first) {
    const ArticleRecord article = live_.article(first);
    ++articles_;
    if (std::exchange(last_sequence_, article.sequence) >= article.sequence)
      complain("article " + article.id + " does not stand in the order of arrival");
    if (live_.first_passage(article.id) != first)
      complain("article " + article.id + " is there twice, or under another id");
    if (shard_of(article.id, live_.manifest().shards) != live_.manifest().shard)
      complain("article " + article.id + " belongs in another shard");
    for (std::uint32_t ordinal = 1; ordinal <= article.passages; ++ordinal)
      check_passage(article, first + ordinal - 1, ordinal);
  }

  void check_passage(const ArticleRecord& article, Xapian::docid docid, std::uint32_t ordinal) {
    const std::string name = article.id + "#" + std::to_string(ordinal);
    try {
      const PassageRecord passage = live_.passage(docid).passage;
      ++passages_;
      text_bytes_ += passage.text.size();
      if (passage.ordinal != ordinal || live_.signatures().ordinal(docid) != ordinal)
        complain("passage " + name + " is out of order");
      if (live_.signatures().date(docid) != article.date)
        complain("passage " + name + " has another date than its article");
      check_signature(name, docid, passage.text, article.language);
    } catch (const Xapian::DocNotFoundError&) {
      complain("passage " + name + " is missing");
    }
  }

  void check_signature(const std::string& name, Xapian::docid docid, std::string_view text, std::string_view language) {
    analyzer_.tokenize(text, language, stream_);
    words_.add(stream_.tokens());
    const auto signature = live_.signatures().of(docid);
    std::size_t place = 0;
    for (const Token& token : stream_.tokens()) {
      if (token.role != TokenRole::piece) continue;
      if (place >= signature.size() || signature[place] != Analyzer::signature_hash(token.surface)) break;
      ++place;
    }
    const bool whole = place == signature.size() && (stream_.tokens().empty() || place == pieces());
    if (!whole) complain("passage " + name + ": its signature is not that of its text");
  }

  std::size_t pieces() const {
    std::size_t count = 0;
    for (const Token& token : stream_.tokens()) count += token.role == TokenRole::piece ? 1 : 0;
    return count;
  }

  void check_counts() {
    const Manifest& manifest = live_.manifest();
    if (manifest.articles != articles_) {
      complain("the manifest counts " + std::to_string(manifest.articles) + " articles, there are " +
               std::to_string(articles_));
    }
    if (live_.database().get_doccount() != passages_) {
      complain(std::to_string(live_.database().get_doccount()) + " passages, of which " + std::to_string(passages_) +
               " belong to an article");
    }
    if (manifest.text_bytes != text_bytes_) {
      complain("the manifest counts " + std::to_string(manifest.text_bytes) + " bytes of text, there are " +
               std::to_string(text_bytes_));
    }
  }

  // Words of articles that are gone may be listed, but none may be missing.
  void check_words() {
    Vocabulary vocabulary(live_.paths().words());
    vocabulary.drop_damaged();
    if (!vocabulary.reaches(live_.manifest().batches)) {
      complain(
          "the word list is missing or damaged: there are no spelling suggestions until the next batch makes it anew");
      return;
    }
    const WordCounts listed = vocabulary.counts();
    std::size_t missing = 0;
    for (const auto& [word, count] : words_.sorted()) missing += listed.of(word) < count ? 1 : 0;
    if (missing != 0) complain("the word list lacks " + std::to_string(missing) + " words of the texts");
  }

  void check_statistics() {
    std::error_code ignored;
    const auto file = live_.paths().statistics();
    const bool expected = passages_ >= kFewestPassagesForFile || std::filesystem::exists(file, ignored);
    if (!live_.statistics().known()) {
      // A writer that died before its commit leaves the file of its batch: nothing is lost by that.
      const bool ahead = StatisticsFile(file, live_.manifest().batches + 1).known();
      if (expected && !ahead)
        complain(
            "the statistics are missing, damaged or of another batch: queries are slower until the next batch makes "
            "them anew");
      return;
    }
    const Statistics listed = live_.statistics().read();
    bool same = listed.surfaces == count_surfaces(live_.database(), live_.signatures());
    std::size_t terms = 0;
    const std::string prefix(kBodyPrefix);
    const auto end = live_.database().allterms_end(prefix);
    for (auto term = live_.database().allterms_begin(prefix); term != end; ++term) {
      const std::string name = *term;
      const auto articles = live_.statistics().articles_of(name);
      if (!articles) continue;
      ++terms;
      same = same && *articles == count_articles(live_.database(), live_.signatures(), name);
    }
    // A term that is gone stays listed, in no article.
    for (const auto& term : listed.terms) terms += term.articles == 0 ? 1 : 0;
    if (!same || terms != listed.terms.size()) complain("the statistics are not those of the stored articles");
  }

  void check_champions() {
    if (!live_.statistics().known()) return;
    if (!live_.champions().known()) {
      // A writer that died before its commit leaves the file of its batch: nothing is lost by that.
      if (!ChampionsFile(live_.paths().champions(), live_.manifest().batches + 1).known())
        complain(
            "the champions are missing, damaged or of another batch: queries are slower until the next batch makes "
            "them anew");
      return;
    }
    bool same = true;
    std::size_t lists = 0;
    const std::string prefix(kBodyPrefix);
    const auto end = live_.database().allterms_end(prefix);
    for (auto term = live_.database().allterms_begin(prefix); term != end; ++term) {
      const std::string name = *term;
      const auto champions = live_.champions(name);
      same = same && (champions ? are_champions(name, *champions) : is_rare(name, term.get_termfreq()));
      lists += champions && !champions->postings.empty() ? 1 : 0;
    }
    // A term that is gone stays listed, and so does one whose champions are.
    for (std::size_t place = 0; place < live_.champions().size(); ++place) {
      auto list = live_.champions().list(place);
      if (!list) continue;
      take_out(*list, live_.statistics().removed());
      lists += list->empty() ? 1 : 0;
    }
    if (!same || lists != live_.champions().size()) complain("the champions are not those of the stored articles");
  }

  bool are_champions(const std::string& term, const Champions& champions) const {
    ChampionPicker best(champions.postings.size());
    for (PostingList postings(live_.database(), term); !postings.at_end(); postings.next()) {
      if (postings.docid() > champions.complete_to) break;
      best.add({postings.docid(), postings.wdf()});
    }
    return best.take() == champions.postings;
  }

  // Too rare for a list when those were made, as far as can be told.
  bool is_rare(const std::string& term, Xapian::doccount passages) const {
    const Xapian::doccount frequent = ChampionLimits().fewest_passages;
    if (passages < frequent) return true;
    Xapian::doccount listed = 0;
    for (PostingList postings(live_.database(), term); !postings.at_end(); postings.next())
      listed += postings.docid() <= live_.champions().last_docid() ? 1 : 0;
    return listed < frequent;
  }

  void check_word_pairs() {
    if (!live_.statistics().known()) return;
    const WordPairsFile& file = live_.word_pairs();
    if (!file.known()) {
      const bool expected = wants_word_pairs(live_.manifest().shards, live_.statistics().passages_listed());
      // A writer that died before its commit leaves the file of its batch: nothing is lost by that.
      if (expected && !WordPairsFile(live_.paths().word_pairs(), live_.manifest().batches + 1).known())
        complain(
            "the word pairs are missing, damaged or of another batch: phrases are slower until the next batch makes "
            "them anew");
      return;
    }
    const auto words = file.words();
    const Signatures listed(live_.paths(), std::min(file.last_docid(), live_.signatures().last_docid()));
    const std::vector postings{PartPostings(live_.database(), 1, listed.last_docid())};
    const bool same = words && file.equal({postings, listed, *words, WordPairLimits().passages_at_once}, *words,
                                          live_.statistics().removed());
    if (!same) complain("the word pairs are not those of the stored articles");
  }

  const LiveShard& live_;
  Analyzer analyzer_;
  TokenStream stream_;
  std::vector<std::string> complaints_;
  WordCounts words_;
  std::uint64_t articles_ = 0;
  std::uint64_t last_sequence_ = 0;
  std::uint64_t passages_ = 0;
  std::uint64_t text_bytes_ = 0;
};

}  // namespace

std::vector<std::string> check_index(const std::filesystem::path& index) {
  require_folder(index);
  LiveIndex live(index);
  return live.read([](LiveIndex& view) {
    std::vector<std::string> complaints;
    const bool sharded = view.shards().size() > 1;
    for (const LiveShard& shard : view.shards()) {
      const std::string name = sharded ? shard.folder().filename().string() + ": " : "";
      for (const auto& complaint : Checker(shard).run()) complaints.push_back(name + complaint);
      if (!view.is_even() && shard.manifest().sequence == view.manifest().sequence)
        complaints.push_back(name + "a batch is missing that other shards have: run it again");
    }
    return complaints;
  });
}

}  // namespace nutgraf
