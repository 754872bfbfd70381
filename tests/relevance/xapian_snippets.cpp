// The peer of snippets.py: what Xapian::MSet::snippet shows of the same passages. Objects of JSON on stdin, one a line:
// {"language", "text"} is a passage of the collection; {"language", "query", "text"} asks for a snippet of about "bytes"
// bytes, and is answered by a line {"snippet"} on stdout. All passages come before the first query.
#include <xapian.h>

#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

namespace {

Xapian::Stem stemmer_of(const std::string& language) { return Xapian::Stem(language == "en" ? "english" : "none"); }

Xapian::Document terms_of(const std::string& text, const std::string& language) {
  Xapian::TermGenerator generator;
  generator.set_stemmer(stemmer_of(language));
  generator.set_flags(Xapian::TermGenerator::FLAG_CJK_NGRAM);
  Xapian::Document document;
  generator.set_document(document);
  generator.index_text(text);
  return document;
}

// The words are alternatives. They do not go through Xapian's parser, which throws where Chinese touches other letters.
Xapian::Query query_of(const std::string& text, const std::string& language) {
  const Xapian::Document words = terms_of(text, language);
  return {Xapian::Query::OP_OR, words.termlist_begin(), words.termlist_end()};
}

std::string snippet(const Xapian::Database& collection, const nlohmann::json& asked) {
  Xapian::Enquire enquire(collection);
  enquire.set_query(query_of(asked.at("query"), asked.at("language")));
  const unsigned flags =
      Xapian::MSet::SNIPPET_BACKGROUND_MODEL | Xapian::MSet::SNIPPET_EXHAUSTIVE | Xapian::MSet::SNIPPET_CJK_NGRAM;
  return enquire.get_mset(0, 10).snippet(asked.at("text"), asked.at("bytes"), stemmer_of(asked.at("language")), flags,
                                         "\x02", "\x03", "");
}

}  // namespace

int main() {
  try {
    Xapian::WritableDatabase collection("", Xapian::DB_BACKEND_INMEMORY);
    for (std::string line; std::getline(std::cin, line);) {
      const auto object = nlohmann::json::parse(line);
      if (object.contains("query")) {
        std::cout << nlohmann::json{{"snippet", snippet(collection, object)}}.dump() << '\n';
      } else {
        collection.add_document(terms_of(object.at("text"), object.at("language")));
      }
    }
  } catch (const Xapian::Error& error) {
    std::cerr << "xapian_snippets: " << error.get_description() << '\n';
    return 1;
  } catch (const std::exception& error) {
    std::cerr << "xapian_snippets: " << error.what() << '\n';
    return 1;
  }
}
