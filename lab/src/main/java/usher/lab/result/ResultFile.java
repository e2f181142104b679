package usher.lab.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A [LabResult] as a file of JSON, for another run to be compared with it.
///
/// The records are the format: a field for each component, maps in the order of their keys, so that
/// two files differ where the results do. Strict when read:
/// - The version is looked at first. A file of another one is refused, whatever it holds.
/// - A field that is missing, null, of another type or not known is refused: it would be a figure
///   that silently went away. A new field is a new version.
/// - A metric or a kind of curve that is not known is left out: those are added to without a new
///   version, and an older reader must still be able to compare the rest.
///
/// Keeps no state; several threads may use it.
public final class ResultFile {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(
              SerializationFeature.INDENT_OUTPUT, SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Set<String> METRICS = names(Metric.values());
  private static final Set<String> CURVES = names(Curve.Kind.values());

  private ResultFile() {}

  /// Writes the file, in place of one that is there.
  ///
  /// @throws IOException if it cannot be written
  public static void write(LabResult result, Path file) throws IOException {
    Files.writeString(file, json(result), UTF_8);
  }

  /// Reads a file that [#write] has written.
  ///
  /// @throws IOException if it cannot be read, or is no result of this version; the message names
  ///   the file, and the version if it has one
  public static LabResult read(Path file) throws IOException {
    String text = Files.readString(file, UTF_8);
    try {
      return parse(text);
    } catch (IllegalArgumentException unfit) {
      throw new IOException(file + ": " + unfit.getMessage(), unfit);
    }
  }

  /// The file's text.
  public static String json(LabResult result) {
    return MAPPER.writeValueAsString(result) + "\n";
  }

  /// The result that a file's text holds.
  ///
  /// @throws IllegalArgumentException if it is none of this version
  public static LabResult parse(String json) {
    JsonNode tree;
    try {
      tree = MAPPER.readTree(json);
    } catch (JacksonException malformed) {
      throw new IllegalArgumentException("not JSON: " + reason(malformed), malformed);
    }
    JsonNode version = tree.path("format");
    if (!version.isIntegralNumber()) {
      throw new IllegalArgumentException("not a result of the lab: it has no format version");
    }
    if (version.bigIntegerValue().bitLength() > 31 || version.intValue() != LabResult.FORMAT) {
      throw new IllegalArgumentException(
          "a result of format version "
              + version.asString()
              + ", but this version of usher reads "
              + LabResult.FORMAT);
    }
    for (JsonNode cell : tree.path("cells")) {
      forget(cell);
    }
    try {
      return MAPPER.treeToValue(tree, LabResult.class);
    } catch (JacksonException unfit) {
      throw new IllegalArgumentException(
          "not a result of format version " + LabResult.FORMAT + ": " + reason(unfit), unfit);
    }
  }

  /// What a later version measures and this one does not know.
  private static void forget(JsonNode cell) {
    if (cell.path("figures") instanceof ObjectNode figures) {
      figures.retain(METRICS);
    }
    if (cell.path("curves") instanceof ArrayNode curves) {
      curves.removeIf(
          curve ->
              curve.path("kind").isString() && !CURVES.contains(curve.path("kind").asString()));
    }
  }

  private static String reason(JacksonException thrown) {
    String path =
        thrown.getPath().stream()
            .map(
                step ->
                    step.getPropertyName() == null
                        ? "[" + step.getIndex() + "]"
                        : step.getPropertyName())
            .collect(Collectors.joining("."));
    return thrown.getOriginalMessage() + (path.isEmpty() ? "" : " (at " + path + ")");
  }

  private static Set<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).collect(Collectors.toUnmodifiableSet());
  }
}
