package usher.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import usher.bench.measure.Sample;

/// The raw samples as JSON: settings, then one object for each sample, in the order taken.
public final class RawResults {
  private RawResults() {}

  /// The JSON text, ended by a line feed.
  public static String json(List<String> settings, Results results) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("settings", settings);
    root.put("samples", results.samples().stream().map(RawResults::object).toList());
    return JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(root)
        + "\n";
  }

  private static Map<String, Object> object(Sample sample) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("workload", sample.workload());
    object.put("server", sample.contender());
    object.put("round", sample.round());
    sample.figures().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> object.put(e.getKey().name().toLowerCase(Locale.ROOT), e.getValue()));
    if (sample.failure() != null) {
      object.put("failure", sample.failure());
    }
    return object;
  }
}
