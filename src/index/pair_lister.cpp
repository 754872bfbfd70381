#include "index/pair_lister.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "index/posting_list.h"
#include "index/terms.h"

namespace nutgraf {

std::uint64_t pair_key(const PairedWord& first, const PairedWord& second) {
  const std::array<std::uint64_t, 4> numbers{term_hash(first.term), first.surface, term_hash(second.term),
                                             second.surface};
  return XXH3_64bits(numbers.data(), sizeof numbers);
}

PairLister::PairLister(std::span<const PartPostings> parts, const Signatures& signatures,
                       std::span<const PairedWord> words, Xapian::docid passages_at_once)
    : parts_(parts),
      signatures_(signatures),
      words_(words),
      passages_at_once_(passages_at_once),
      number_of_(kSurfaces, static_cast<std::uint16_t>(words.size())),
      last_(words.size() * words.size()) {
  for (std::size_t number = 0; number < words.size(); ++number)
    number_of_[words[number].surface] = static_cast<std::uint16_t>(number);
  sort_keys();
}

void PairLister::sort_keys() {
  std::vector<std::uint64_t> by_cell;
  for (const PairedWord& first : words_) {
    for (const PairedWord& second : words_) by_cell.push_back(pair_key(first, second));
  }
  std::vector<std::uint32_t> cells(by_cell.size());
  std::iota(cells.begin(), cells.end(), 0U);
  std::sort(cells.begin(), cells.end(), [&](std::uint32_t a, std::uint32_t b) { return by_cell[a] < by_cell[b]; });
  pair_of_.resize(cells.size());
  for (std::size_t pair = 0; pair < cells.size(); ++pair) {
    pair_of_[cells[pair]] = static_cast<std::uint32_t>(pair);
    keys_.push_back(by_cell[cells[pair]]);
  }
}

bool PairLister::next() {
  signatures_.let_go(begin_, end_);
  begin_ = end_;
  end_ = std::min(begin_ + passages_at_once_, signatures_.last_docid() + 1);
  if (begin_ == end_) return false;
  find_pairs();
  sort_found();
  look_up_wdfs();
  return true;
}

// Of each pair in a passage, once. About half of all surfaces are frequent ones, in no order that a processor could
// foresee: so pairs are picked without branches.
void PairLister::find_pairs() {
  const std::size_t none = words_.size();
  std::vector<std::uint32_t> cells;
  found_.clear();
  found_ends_.clear();
  for (Xapian::docid docid = begin_; docid < end_; ++docid) {
    const auto surfaces = signatures_.of(docid);
    if (cells.size() < surfaces.size()) cells.resize(surfaces.size());
    std::size_t picked = 0, before = none;
    for (const std::uint16_t surface : surfaces) {
      const std::size_t number = number_of_[surface];
      cells[picked] = static_cast<std::uint32_t>(cell(before, number));
      picked += static_cast<std::size_t>(before != none) & static_cast<std::size_t>(number != none);
      before = number;
    }
    for (const std::uint32_t found : std::span(cells).first(picked)) {
      if (std::exchange(last_[found], docid) != docid) found_.push_back(pair_of_[found]);
    }
    found_ends_.push_back(static_cast<std::uint32_t>(found_.size()));
  }
}

void PairLister::sort_found() {
  begins_.assign(keys_.size() + 1, 0);
  for (const std::uint32_t pair : found_) ++begins_[pair + 1];
  std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
  std::vector<std::uint32_t> next(begins_.begin(), begins_.end());
  postings_.resize(found_.size());
  std::size_t place = 0;
  for (Xapian::docid docid = begin_; docid < end_; ++docid) {
    for (; place < found_ends_[docid - begin_]; ++place) postings_[next[found_[place]]++] = {docid, 0, 0};
  }
}

void PairLister::look_up_wdfs() {
  const auto set = [&](std::size_t cell, std::uint8_t PairPosting::*wdf) {
    const std::uint32_t pair = pair_of_[cell];
    for (std::uint32_t place = begins_[pair]; place < begins_[pair + 1]; ++place)
      postings_[place].*wdf = wdfs_[postings_[place].docid - begin_];
  };
  for (std::size_t number = 0; number < words_.size(); ++number) {
    read_wdfs(words_[number].term);
    for (std::size_t other = 0; other < words_.size(); ++other) {
      set(cell(number, other), &PairPosting::first_wdf);
      set(cell(other, number), &PairPosting::second_wdf);
    }
  }
}

void PairLister::read_wdfs(const std::string& term) {
  wdfs_.assign(end_ - begin_, 0);
  Xapian::docid part_begin = 1;
  for (const PartPostings& part : parts_) {
    const Xapian::docid part_end = part_begin + part.size();
    const Xapian::docid from = std::max(begin_, part_begin), to = std::min(end_, part_end);
    if (from < to) {
      PostingList posting(part.database, term);
      for (posting.skip_to(from - part_begin + part.first); !posting.at_end(); posting.next()) {
        const Xapian::docid docid = posting.docid() - part.first + part_begin;
        if (docid >= to) break;
        wdfs_[docid - begin_] = static_cast<std::uint8_t>(std::min(posting.wdf(), kMaxWdf));
      }
    }
    part_begin = part_end;
  }
}

}  // namespace nutgraf
