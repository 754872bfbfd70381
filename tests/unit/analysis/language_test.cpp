#include <doctest/doctest.h>

#include "nutgraf/analyzer.h"

using nutgraf::Analyzer;

TEST_CASE("language: prose") {
  CHECK(Analyzer::detect_language(
            "The company said on Monday that its new model would be released with open weights, and that "
            "the price of access would fall from the level which it had set last year.") == "en");
  CHECK(Analyzer::detect_language("Das Unternehmen teilte am Montag mit, dass das neue Modell mit offenen Gewichten "
                                  "veröffentlicht wird und der Preis für den Zugang im nächsten Jahr sinken soll.") ==
        "de");
  CHECK(Analyzer::detect_language(
            "L'entreprise a annoncé lundi que son nouveau modèle serait publié avec des poids ouverts "
            "et que le prix de l'accès baisserait l'année prochaine.") == "fr");
  CHECK(Analyzer::detect_language(
            "Компания сообщила в понедельник, что новая модель будет выпущена с открытыми весами.") == "ru");
  CHECK(Analyzer::detect_language("字节跳动周一表示，其新模型将以开放权重的形式发布，明年的访问价格将下降。") == "zh");
  CHECK(Analyzer::detect_language("騰訊週一表示，其新模型將以開放權重的形式發布，明年的存取價格將下降。") == "zh");
  CHECK(Analyzer::detect_language("同社は月曜日、新しいモデルを公開すると発表した。価格は来年下がる見込みだ。") ==
        "ja");
  CHECK(Analyzer::detect_language("회사는 월요일 새로운 모델을 공개한다고 발표했다.") == "ko");
}

TEST_CASE("language: foreign names do not make English prose foreign") {
  CHECK(Analyzer::detect_language("Oesterreichische Wasserkraft AG of Graz is launching bonds with Schweizerische "
                                  "Volksbank, lead manager, Deutsche Handelsbank said. The bonds are from Tiroler "
                                  "Landeshypothekenbank.") == "en");
  // But not what only has an English name in it.
  CHECK(Analyzer::detect_language("Die Zeitschrift \"The Rise and Fall\" erscheint ab Montag mit neuem Titel, wie der "
                                  "Verlag in Hamburg mitteilte. Chefredakteur bleibt der bisherige Leiter des "
                                  "Wirtschaftsressorts, der das Blatt seit vier Jahren verantwortet.") == "de");
}

TEST_CASE("language: headlines are not taken for rare languages") {
  for (const char* headline :
       {"OpenAI unveils GPT-5", "Tencent Q2 net up 12 pct", "Nvidia, AMD slide", "COEUR D'ALENE MINES 3RD QTR NET",
        "Xiaomi SU7 Ultra", "DeepSeek R1 vs Qwen2.5-72B", "BRAZILIAN SOY RAINFALL"}) {
    CAPTURE(headline);
    const std::string language = Analyzer::detect_language(headline);
    CHECK((language == "en" || language == "und"));
  }
  CHECK(Analyzer::detect_language("腾讯发布新模型") == "zh");
  CHECK(Analyzer::detect_language("小米SU7") == "zh");
  CHECK(Analyzer::detect_language("芸香属") == "zh");
}

TEST_CASE("language: nothing to tell") {
  for (const char* text : {"", " ", "123 456", "\xFF\xFE", "...", "a"}) CHECK(Analyzer::detect_language(text) == "und");
}

TEST_CASE("language: an English beginning is not all") {
  std::string text = "And the minister said that it was from the union, with which the talks would go on. ";
  for (int i = 0; i < 20; ++i) text += "Der Vorstand will noch in dieser Woche mit dem Minister reden. ";
  CHECK(Analyzer::detect_language(text) == "de");
}

TEST_CASE("language: bytes behind the part that is looked at do not matter") {
  std::string text;
  while (text.size() < 5000) text += "The minister said that the talks with the union would go on. ";
  CHECK(Analyzer::detect_language(text + "\xFF 腾讯") == "en");
}
