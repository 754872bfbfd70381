// Usage: LucenePeer index FOLDER PASSAGES THREADS | LucenePeer query FOLDER QUERIES ROUNDS
//
// Lucene over the passages that `bench_collection passages` cuts: its English analyzer, title and text, both stored, one
// commit. A query goes through its classic parser, words as alternatives, to the best 10 by BM25 with a snippet each. Prints
// JSON lines with the keys of stock_index and of query_bench. Reading articles and cutting passages is no part of it.
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.queryparser.classic.MultiFieldQueryParser;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.FSDirectory;

public final class LucenePeer {
  private static final int WARMING_ROUNDS = 5;  // until the queries are compiled code
  private static final int HITS = 10;

  // The next passage for any of several threads; null after the last.
  private static final class Passages {
    private final BufferedReader lines;

    Passages(String path) throws IOException {
      lines = Files.newBufferedReader(Path.of(path));
    }

    synchronized String next() throws IOException {
      return lines.readLine();
    }
  }

  // The value of a string in a flat JSON object as bench_collection prints it.
  private static String field(String record, String name) {
    final String key = "\"" + name + "\":\"";
    final int begin = record.indexOf(key) + key.length();
    final StringBuilder value = new StringBuilder();
    for (int i = begin; record.charAt(i) != '"'; ++i) {
      if (record.charAt(i) != '\\') {
        value.append(record.charAt(i));
        continue;
      }
      final char escaped = record.charAt(++i);
      if (escaped == 'u') {
        value.append((char) Integer.parseInt(record.substring(i + 1, i + 5), 16));
        i += 4;
      } else {
        final int place = "bfnrt".indexOf(escaped);
        value.append(place < 0 ? escaped : "\b\f\n\r\t".charAt(place));
      }
    }
    return value.toString();
  }

  private static void add(IndexWriter writer, Passages passages) throws IOException {
    for (String record = passages.next(); record != null; record = passages.next()) {
      final Document document = new Document();
      document.add(new StringField("id", field(record, "id"), Field.Store.YES));
      document.add(new TextField("title", field(record, "title"), Field.Store.YES));
      document.add(new TextField("text", field(record, "text"), Field.Store.YES));
      writer.addDocument(document);
    }
  }

  private static double processorSeconds() {
    final var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1e9;
  }

  private static double peakMegabytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) return Integer.parseInt(line.replaceAll("\\D", "")) / 1024.0;
    }
    return 0;
  }

  private static void index(String folder, String path, int threads) throws Exception {
    final long start = System.nanoTime();
    final Passages passages = new Passages(path);
    try (var directory = FSDirectory.open(Path.of(folder));
        var writer = new IndexWriter(directory, new IndexWriterConfig(new EnglishAnalyzer()).setOpenMode(IndexWriterConfig.OpenMode.CREATE))) {
      final List<Thread> workers = new ArrayList<>();
      final List<Throwable> failures = new ArrayList<>();
      for (int i = 0; i < threads; ++i) {
        workers.add(new Thread(() -> {
          try {
            add(writer, passages);
          } catch (IOException error) {
            synchronized (failures) {
              failures.add(error);
            }
          }
        }));
      }
      for (Thread worker : workers) worker.start();
      for (Thread worker : workers) worker.join();
      if (!failures.isEmpty()) throw new IOException(failures.get(0));
      writer.commit();
    }
    final double seconds = (System.nanoTime() - start) / 1e9;
    long bytes = 0;
    try (var files = Files.list(Path.of(folder))) {
      for (Path file : (Iterable<Path>) files::iterator) bytes += Files.size(file);
    }
    System.out.printf(Locale.ROOT, "{\"seconds\":%.6f,\"cpu_seconds\":%.6f,\"peak_mb\":%.1f,\"index_bytes\":%d}%n", seconds,
        processorSeconds(), peakMegabytes(), bytes);
  }

  private static double percentile(double[] sorted, double share) {
    return sorted[(int) (share * (sorted.length - 1) + 0.5)];
  }

  private static void query(String folder, String path, int rounds) throws Exception {
    final List<String> lines = Files.readAllLines(Path.of(path));
    final Map<String, List<Double>> times = new LinkedHashMap<>();
    final Map<String, Integer> hits = new LinkedHashMap<>();
    try (var reader = DirectoryReader.open(FSDirectory.open(Path.of(folder)))) {
      final var analyzer = new EnglishAnalyzer();
      final var searcher = new IndexSearcher(reader);
      final var highlighter = new UnifiedHighlighter(searcher, analyzer);
      for (int round = -WARMING_ROUNDS; round < rounds; ++round) {
        for (String line : lines) {
          final int tab = line.indexOf('\t');
          final String kind = line.substring(0, tab);
          final long start = System.nanoTime();
          final Query query = new MultiFieldQueryParser(new String[] {"title", "text"}, analyzer).parse(line.substring(tab + 1));
          final TopDocs found = searcher.search(query, HITS);
          final String[] snippets = highlighter.highlight("text", query, found);
          for (ScoreDoc hit : found.scoreDocs) searcher.doc(hit.doc).get("title");
          final double milliseconds = (System.nanoTime() - start) / 1e6;
          if (round < 0) continue;
          times.computeIfAbsent(kind, unused -> new ArrayList<>()).add(milliseconds);
          if (round == 0) hits.merge(kind, snippets.length, Integer::sum);
        }
      }
    }
    times.forEach((kind, of) -> {
      final double[] sorted = of.stream().mapToDouble(Double::doubleValue).toArray();
      Arrays.sort(sorted);
      System.out.printf(Locale.ROOT, "{\"kind\":\"%s\",\"runs\":%d,\"median_ms\":%.4f,\"p99_ms\":%.4f,\"hits\":%d}%n", kind, sorted.length,
          percentile(sorted, 0.5), percentile(sorted, 0.99), hits.get(kind));
    });
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 4 && arguments[0].equals("index")) {
      index(arguments[1], arguments[2], Integer.parseInt(arguments[3]));
    } else if (arguments.length == 4 && arguments[0].equals("query")) {
      query(arguments[1], arguments[2], Integer.parseInt(arguments[3]));
    } else {
      System.err.println("usage: LucenePeer index FOLDER PASSAGES THREADS | query FOLDER QUERIES ROUNDS");
      System.exit(2);
    }
  }
}
