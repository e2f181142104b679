package usher.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import usher.server.Model;

/// Counted from the sources. Whoever changes a model writes the new number into [ModelLines].
final class ModelLinesTest {
  private static final Path MODELS = Path.of("../core/src/main/java/usher/server/model");

  @ParameterizedTest
  @CsvSource({
    "iterative, Iterative Reception Pool",
    "thread-per-connection, ThreadPerConnection Reception",
    "thread-pool, ThreadPool Reception Pool",
    "virtual-threads, VirtualThreads Reception",
    "process-per-connection, ProcessPerConnection Parent",
    "prefork, Prefork Parent",
    "event-loop, EventLoops",
    "event-loops, EventLoops",
    "event-loop-workers, EventLoopWorkers EventLoops"
  })
  void each_model_has_as_many_lines_as_are_said(String model, String classes) {
    int lines = Stream.of(classes.split(" ", -1)).mapToInt(ModelLinesTest::count).sum();
    assertThat(ModelLines.of(model)).hasValue(lines);
    assertThat(ModelLines.of(model + "(2)")).hasValue(lines);
  }

  @Test
  void no_model_is_missing() {
    for (Model model : Model.all()) {
      assertThat(ModelLines.of(model.name())).as(model.name()).isPresent();
    }
    assertThat(ModelLines.of("a server of others")).isEmpty();
  }

  private static int count(String name) {
    try (Stream<String> lines = Files.lines(MODELS.resolve(name + ".java"))) {
      return (int)
          lines
              .map(String::strip)
              .filter(line -> !line.isEmpty() && !line.startsWith("//"))
              .filter(line -> !line.startsWith("import ") && !line.startsWith("package "))
              .count();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
