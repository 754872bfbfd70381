#include "reader/charset_detector.h"

#include <unicode/ucsdet.h>

#include <cstdint>
#include <memory>

#include "reader/loaded_library.h"

namespace nutgraf::reader {
namespace {

constexpr std::int32_t kSure = 40;  // of 100

struct Detection {
  decltype(&ucsdet_open) open = nullptr;
  decltype(&ucsdet_close) close = nullptr;
  decltype(&ucsdet_setText) set_text = nullptr;
  decltype(&ucsdet_detect) detect = nullptr;
  decltype(&ucsdet_getConfidence) confidence_of = nullptr;
  decltype(&ucsdet_getName) name_of = nullptr;
};

// ICU's names are macros, which end in its version when they are expanded.
#define NUTGRAF_STRING(name) #name
#define NUTGRAF_FIND(name, function) library.find(NUTGRAF_STRING(name), function)

Detection load_detection() {
  const LoadedLibrary library(NUTGRAF_ICU_I18N_LIBRARY, "its encoding cannot be told");
  Detection functions;
  NUTGRAF_FIND(ucsdet_open, functions.open);
  NUTGRAF_FIND(ucsdet_close, functions.close);
  NUTGRAF_FIND(ucsdet_setText, functions.set_text);
  NUTGRAF_FIND(ucsdet_detect, functions.detect);
  NUTGRAF_FIND(ucsdet_getConfidence, functions.confidence_of);
  NUTGRAF_FIND(ucsdet_getName, functions.name_of);
  return functions;
}

#undef NUTGRAF_FIND
#undef NUTGRAF_STRING

}  // namespace

std::string detect_charset(std::string_view sample) {
  static const Detection icu = load_detection();
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, decltype(icu.close)> detector(icu.open(&status), icu.close);
  icu.set_text(detector.get(), sample.data(), static_cast<std::int32_t>(sample.size()), &status);
  const UCharsetMatch* match = icu.detect(detector.get(), &status);
  if (U_FAILURE(status) != 0 || match == nullptr || icu.confidence_of(match, &status) < kSure) return {};
  return icu.name_of(match, &status);
}

}  // namespace nutgraf::reader
