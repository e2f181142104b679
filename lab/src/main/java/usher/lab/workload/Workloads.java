package usher.lab.workload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import usher.lab.load.LoadPlan;

/// Workloads as text: the built-in ones, and a user's file of the same form.
public final class Workloads {
  private static final Set<String> TELLING = Set.of("hello", "wait", "mixed", "idle", "short");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private Workloads() {}

  /// The built-in ones as text, to be copied and changed.
  public static String text() {
    try (InputStream in =
        Objects.requireNonNull(Workloads.class.getResourceAsStream("workloads.json"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /// The built-in ones.
  public static List<Workload> builtIn() {
    return parse(text(), "workloads.json");
  }

  /// The few of them that tell models apart most: for a look.
  public static List<Workload> telling() {
    return builtIn().stream().filter(each -> TELLING.contains(each.name())).toList();
  }

  /// Those of a file.
  ///
  /// @throws IllegalArgumentException with the file, the line and what is wrong there
  public static List<Workload> read(Path file) throws IOException {
    try {
      return parse(Files.readString(file), file.toString());
    } catch (NoSuchFileException absent) {
      throw new IllegalArgumentException(file + ": no such file", absent);
    }
  }

  static List<Workload> parse(String text, String where) {
    List<Workload> all;
    try {
      all = JSON.readValue(text, new TypeReference<List<Workload>>() {});
    } catch (JacksonException wrong) {
      var at = wrong.getLocation();
      String line = at == null ? "" : ", line " + at.getLineNr();
      Throwable cause = wrong.getCause();
      String why = cause instanceof IllegalArgumentException ? cause.getMessage() : null;
      throw new IllegalArgumentException(
          where + line + ": " + (why == null ? wrong.getOriginalMessage() : why), wrong);
    }
    if (all == null || all.isEmpty()) {
      throw new IllegalArgumentException(where + ": no workloads");
    }
    Set<String> names = all.stream().map(Workload::name).collect(Collectors.toSet());
    if (names.size() < all.size()) {
      throw new IllegalArgumentException(where + ": two workloads have one name");
    }
    return all;
  }

  /// What is asked of a user's own handler of HTTP.
  ///
  /// @param path the target
  public static Workload ofHttp(String path) {
    return new Workload(
        "own",
        "the handler given, asked for " + path,
        "user",
        LoadPlan.Wire.HTTP,
        0,
        1,
        "p99=50ms",
        0,
        0,
        Set.of(
            Measure.CLOSED,
            Measure.CLOSED_LADDER,
            Measure.CAPACITY,
            Measure.COMMON,
            Measure.OVERLOAD,
            Measure.IDLE_LADDER),
        List.of(new Workload.Request(null, 1, path, null, 0, 0, null, 0, 0)));
  }

  /// What is asked of a user's own handler of streams or datagrams: something comes back for what
  /// is sent.
  ///
  /// @param wire one of these
  public static Workload ofBytes(LoadPlan.Wire wire) {
    boolean line = wire == LoadPlan.Wire.LINE;
    return new Workload(
        "own",
        line ? "the handler given, sent lines" : "the handler given, sent datagrams",
        "user",
        wire,
        line ? 0 : 16,
        1,
        "p99=50ms",
        0,
        0,
        Set.of(Measure.CLOSED, Measure.CAPACITY, Measure.COMMON),
        List.of(new Workload.Request(null, 1, null, null, 64, 0, null, 0, 0)));
  }
}
