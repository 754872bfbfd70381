#include "index/generation_build.h"

#include <malloc.h>

#include <future>

#include "index/company_tags.h"
#include "index/lent_termlists.h"
#include "index/live_index.h"
#include "index/stored_words.h"
#include "index/word_pairs.h"
#include "index/xapian_error.h"

namespace nutgraf {
namespace {

namespace fs = std::filesystem;

// Part by part: that needs no merged database.
SurfaceCounts count_surfaces_of(const std::vector<Segment>& parts) {
  SurfaceCounts counts;
  for (const auto& part : parts) {
    const Xapian::Database database(part.paths.passages().string());
    counts += count_surfaces(database, Signatures(part.paths, database.get_lastdocid()));
  }
  return counts;
}

}  // namespace

GenerationBuild::GenerationBuild(const fs::path& index, std::uint64_t generation, unsigned workers, BuildTurns& turns,
                                 std::vector<std::string> roots, Dictionary dictionary, const CompanyMatcher* companies,
                                 SegmentBuilder builder, std::size_t slices_at_once)
    : index_(index),
      target_(generation_paths(index, generation)),
      roots_(std::move(roots)),
      dictionary_(std::move(dictionary)),
      companies_(companies),
      segments_(target_, workers, turns, roots_, dictionary_, companies, builder, slices_at_once) {
  fs::create_directories(target_.folder);
}

void GenerationBuild::finish(const Merge& merge) {
  // Beside the last slices: one worker ends before the others.
  auto companies = std::async(std::launch::async, [&] {
    return merge.change.brings_articles ? other_companies(merge.change.manifest, companies_) : std::nullopt;
  });
  segments_.wait();
  translating([&] {
    // The workers are done: what does not wait for each other is done side by side.
    const std::shared_future<void> words = std::async(std::launch::async, [&] { write_words(merge); });
    auto whole = merge.live ? std::nullopt : segments_.write_at_once();
    const std::vector<Segment> parts = whole ? std::vector{whole->segment} : parts_of(merge);
    // What the workers took for their slices, a merge has no use for.
    if (!whole) ::malloc_trim(0);
    const std::shared_future<SurfaceCounts> surfaces = std::async(std::launch::async, [&] {
      if (whole) return std::move(whole->counts.surfaces);
      merge_signatures(parts);
      return count_surfaces_of(parts);
    });
    const Sums sums = sums_of(parts);
    // From the parts: a compaction leaves the other core alone.
    const std::shared_future<void> pairs = std::async(std::launch::async, [&] {
      if (!wants_word_pairs(merge.change.manifest.shards, sums.documents)) return;
      words.wait();
      surfaces.wait();  // for the signatures
      write_word_pairs(merge, parts);
    });
    if (!whole) merge_databases(parts);
    words.get();
    auto counts = std::async(std::launch::async, [&] {
      const Xapian::Database database(target_.passages().string());
      const std::uint64_t batch = merge.change.record.number;
      if (whole) {
        write_counts(target_, batch, database, {surfaces.get(), std::move(whole->counts.terms)});
      } else {
        make_statistics(target_, batch, database, surfaces.get());
      }
    });
    // Deleting waits for the disk where that is busy.
    auto removal = std::async(std::launch::async, [&] {
      surfaces.wait();
      pairs.wait();
      remove_temporary(parts);
    });
    write_manifest(merge, parts, companies.get());
    auto sync = std::async(std::launch::async, [&] {
      sync_folder(target_.passages());
      counts.wait();
      removal.wait();  // it waits for the pairs
      sync_folder(target_.folder);
    });
    verify(sums);
    sync.get();  // it waits for the others
    counts.get();
    pairs.get();
    removal.get();
  });
}

// In the order of the docids.
std::vector<Segment> GenerationBuild::parts_of(const Merge& merge) {
  std::vector<Segment> parts;
  if (merge.live) parts.push_back(live_part(merge));
  for (Segment& segment : segments_.write_all()) parts.push_back(std::move(segment));
  return parts;
}

// The live generation as a part of the new one: as it is, or a copy without the articles that go.
Segment GenerationBuild::live_part(const Merge& merge) {
  Segment part;
  part.paths = generation_paths(index_, *merge.live);
  part.text_bytes = merge.change.manifest.text_bytes;
  if (const auto leaving = merge.change.leaving(); !leaving.empty()) {
    const GenerationPaths copy{target_.folder / "live"};
    fs::create_directories(copy.folder);
    copy_folder(part.paths.folder, copy.folder);
    part.paths = copy;
    remove_articles(part, leaving, RecordStore(dictionary_.get()), roots_);
  } else {
    count_segment(part);
  }
  return part;
}

void GenerationBuild::merge_databases(const std::vector<Segment>& parts) {
  Xapian::Database sources;
  for (const auto& part : parts) sources.add_database(Xapian::Database(part.paths.passages().string()));
  // FULLER breaks assumptions of the B-tree in 1.4.22 (#842). Docids go on from part to part.
  sources.compact(target_.passages().string(), Xapian::Compactor::FULL);
}

void GenerationBuild::merge_signatures(const std::vector<Segment>& parts) {
  SignatureWriter merged(target_, 0);
  for (const auto& part : parts) merged.append_from(part.paths, part.first_docid, part.last_docid);
  merged.commit();
}

void GenerationBuild::write_words(const Merge& merge) {
  const std::uint64_t batch = merge.change.record.number;
  WordCounts words = segments_.take_words();
  if (merge.live) {
    const GenerationPaths live = generation_paths(index_, *merge.live);
    words.add(vocabulary_before(live.words(), batch, [&] {
      return count_stored_words(Xapian::Database(live.passages().string()), RecordStore(dictionary_.get()), roots_);
    }));
  }
  write_vocabulary(target_.words(), batch, words);
}

void GenerationBuild::write_word_pairs(const Merge& merge, const std::vector<Segment>& parts) {
  std::vector<PartPostings> postings;
  for (const Segment& part : parts)
    postings.emplace_back(Xapian::Database(part.paths.passages().string()), part.first_docid, part.last_docid);
  make_word_pairs(target_, merge.change.record.number, postings);
}

void GenerationBuild::write_manifest(const Merge& merge, const std::vector<Segment>& parts,
                                     const std::optional<PackedCompanies>& companies) {
  Manifest manifest = merge.change.manifest;
  manifest.articles = manifest.articles + merge.articles - merge.change.superseded.size() - merge.change.removed.size();
  manifest.text_bytes = 0;
  for (const auto& part : parts) {
    manifest.text_bytes += part.text_bytes;
    add_languages(manifest, part.languages);
  }
  Xapian::WritableDatabase database(target_.passages().string(),
                                    Xapian::DB_OPEN | kWithoutTermlists | Xapian::DB_NO_SYNC);
  if (companies) store_companies(database, manifest, *companies, merge.change.manifest.articles == 0);
  database.set_metadata(std::string(kManifestKey), encode(manifest));
  database.set_metadata(std::string(kDictionaryKey), dictionary_.get());
  database.set_metadata(batch_key(merge.change.record.number), encode(merge.change.record));
  database.commit();
}

GenerationBuild::Sums GenerationBuild::sums_of(const std::vector<Segment>& parts) {
  Sums sums;
  for (const auto& part : parts) {
    sums.documents += Xapian::Database(part.paths.passages().string()).get_doccount();
    sums.postings += part.postings;
    sums.last_docid += part.last_docid + 1 - part.first_docid;
  }
  return sums;
}

void GenerationBuild::remove_temporary(const std::vector<Segment>& parts) const {
  for (const auto& part : parts) {
    if (part.paths.folder.parent_path() == target_.folder) fs::remove_all(part.paths.folder);
  }
}

// Compaction copies blocks without a look at what they hold: look before anyone searches them.
void GenerationBuild::verify(const Sums& sums) const {
  const fs::path passages = target_.passages();
  const Xapian::Database merged(passages.string());
  std::string complaints, record_complaints;
  auto records =
      std::async(std::launch::async, [&] { return check_table(passages, "docdata.glass", record_complaints); });
  auto postings = std::async(std::launch::async, [&] { return count_postings(Xapian::Database(passages.string())); });
  const std::size_t errors = check_table(passages, "postlist.glass", complaints) + records.get();
  if (errors != 0 || merged.get_doccount() != sums.documents || merged.get_lastdocid() != sums.last_docid ||
      postings.get() != sums.postings) {
    throw Error(ErrorCode::internal,
                "the merged index does not check out (" + std::to_string(errors) + " errors, " +
                    std::to_string(merged.get_doccount()) + " of " + std::to_string(sums.documents) +
                    " passages): " + complaints + record_complaints,
                "The index is as it was before. Run the command again with --builder api; if that does not help, check "
                "the disk.");
  }
}

}  // namespace nutgraf
