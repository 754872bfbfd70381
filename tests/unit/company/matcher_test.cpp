#include <doctest/doctest.h>

#include "support.h"

using namespace nutgraf;
using nutgraf::test::matcher_of;
using nutgraf::test::named_in;

namespace {

using Named = std::vector<std::string>;

const char* const kTencent = R"({"id": "tencent", "name": "Tencent", "aliases": ["腾讯", "Goose Factory"],
                                "tickers": ["TCEHY"], "products": ["WeChat", "微信", "腾讯元宝"]})";
const char* const kMusic = R"({"id": "tencent-music", "name": "Tencent Music"})";
const char* const kArm = R"({"id": "arm", "name": "Arm", "aliases": ["Arm Holdings"], "guarded": ["Arm"],
                            "not": ["Arm wrestling"]})";
const char* const kKuaishou = R"({"id": "kuaishou", "name": "Kuaishou", "products": ["可灵"], "not": ["可灵活"]})";
const char* const kXiaomi = R"({"id": "xiaomi", "name": "Xiaomi", "aliases": ["小米"], "guarded": ["小米"]})";
const char* const kLiAuto = R"({"id": "li-auto", "name": "Li Auto", "aliases": ["理想汽车"], "short": ["理想"]})";

}  // namespace

TEST_CASE("company matcher: names in any script, case and spelling") {
  const auto matcher = matcher_of(kTencent);
  CHECK(named_in(matcher, "Tencent's chatbot, TENCENT and tencent") ==
        Named{"tencent:Tencent", "tencent:TENCENT", "tencent:tencent"});
  CHECK(named_in(matcher, "昨日騰訊元寶登頂，腾讯控股Tencent上涨") ==
        Named{"tencent:騰訊元寶", "tencent:腾讯", "tencent:Tencent"});
  CHECK(named_in(matcher, "goose-factory: WeChat") == Named{"tencent:goose-factory", "tencent:WeChat"});
  CHECK(named_in(matcher, "Tencentish ten cents, 腾。讯 a goose, Factory, WeCha").empty());
  CHECK(named_in(matcher, "").empty());
}

TEST_CASE("company matcher: the longest name wins, and mentions do not overlap") {
  const auto matcher = matcher_of(std::string(kTencent) + "," + kMusic);
  CHECK(named_in(matcher, "Tencent Music is no Tencent") == Named{"tencent-music:Tencent Music", "tencent:Tencent"});
}

TEST_CASE("company matcher: a name is written as one") {
  const auto matcher = matcher_of(R"({"id": "x", "name": "X.AI", "aliases": ["Moon's Dark Side", "DALL·E"]})");
  CHECK(named_in(matcher, "x.ai, X AI, Moon’s Dark Side and DALL-E") ==
        Named{"x:x.ai", "x:X AI", "x:Moon’s Dark Side", "x:DALL-E"});
  CHECK(named_in(matcher, "Posted on X - AI is hard. Post it on X. AI is hard").empty());
}

TEST_CASE("company matcher: what names a host or a path is no mention") {
  const auto matcher = matcher_of(kTencent);
  CHECK(named_in(matcher, "https://x.example/tencent/hunyuan and www.tencent.com").empty());
  CHECK(named_in(matcher, "Tencent (https://x.example/) and @Tencent") == Named{"tencent:Tencent", "tencent:Tencent"});
}

TEST_CASE("company matcher: a guarded name needs its case or its context") {
  const auto matcher = matcher_of(kArm);
  CHECK(named_in(matcher, "a licence from Arm would cost more") == Named{"arm:Arm"});
  CHECK(named_in(matcher, "he broke his arm, and shares fell").empty());
  CHECK(named_in(matcher, "Arm in arm they walked.").empty());
  CHECK(named_in(matcher, "They walked. Arm in arm.").empty());
  CHECK(named_in(matcher, "Arm shares rose.") == Named{"arm:Arm"});
  CHECK(named_in(matcher, "A Long Arm of the Law in New York").empty());
  CHECK(named_in(matcher, "芯片设计公司Arm涨价") == Named{"arm:Arm"});
  CHECK(named_in(matcher, "The winner of the Arm wrestling contest").empty());
}

TEST_CASE("company matcher: another name of the company anywhere in the article makes a guarded one certain") {
  const auto matcher = matcher_of(kArm);
  CHECK(named_in(matcher, std::vector<std::string>{"Arm plans a server", "Softbank owns Arm Holdings", "an arm"}) ==
        std::vector<Named>{{"arm:Arm"}, {"arm:Arm Holdings"}, {}});
  CHECK(named_in(matcher, std::vector<std::string>{"Arm plans a server", "an arm"}) == std::vector<Named>(2));
}

TEST_CASE("company matcher: a guarded name beside another company is a company") {
  const auto matcher = matcher_of(std::string(kArm) + "," + kTencent);
  CHECK(named_in(matcher, "Arm, Tencent") == Named{"arm:Arm", "tencent:Tencent"});
}

TEST_CASE("company matcher: Chinese names that are common words") {
  const auto matcher = matcher_of(std::string(kXiaomi) + "," + kKuaishou + "," + kLiAuto);
  CHECK(named_in(matcher, "他每天早上都喝一碗小米粥").empty());
  CHECK(named_in(matcher, "小米昨晚发布新车") == Named{"xiaomi:小米"});
  CHECK(named_in(matcher, "系统可灵活配置，可灵也可以") == Named{"kuaishou:可灵"});
  CHECK(named_in(matcher, "这是发布的理想选择").empty());
  CHECK(named_in(matcher, "理想汽车发布新车，理想说") == Named{"li-auto:理想汽车", "li-auto:理想"});
  CHECK(named_in(matcher, "推理。想要").empty());
}

TEST_CASE("company matcher: a ticker counts in capitals and near what speaks of business") {
  const auto matcher = matcher_of(kTencent);
  CHECK(named_in(matcher, "The shares (TCEHY) fell") == Named{"tencent:TCEHY"});
  CHECK(named_in(matcher, "shares of tcehy").empty());
  CHECK(named_in(matcher, "The word TCEHY means nothing").empty());
}

TEST_CASE("company matcher: an inner capital tells at the beginning of a sentence, too") {
  const auto matcher = matcher_of(R"({"id": "minimax", "name": "MiniMax", "guarded": ["MiniMax"]})");
  CHECK(named_in(matcher, "MiniMax plays chess badly") == Named{"minimax:MiniMax"});
  CHECK(named_in(matcher, "Minimax plays chess badly").empty());
  CHECK(named_in(matcher, "It plays chess by minimax search").empty());
}
