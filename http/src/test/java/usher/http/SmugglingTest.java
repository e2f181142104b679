package usher.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import usher.testkit.drive.Cuts;
import usher.testkit.drive.Rehearsal;
import usher.testkit.drive.Transcript;

/// Runs the tables of `docs/transcripts/http/smuggling.md`.
final class SmugglingTest {
  private static final Pattern ROW = Pattern.compile("\\| (.*) \\| `(.*)` \\| (\\d+) \\|");
  private static final byte[] SMUGGLED =
      "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

  @TestFactory
  Stream<DynamicTest> each_trick_is_refused_however_it_is_cut() throws IOException {
    List<Matcher> rows =
        Files.readAllLines(Path.of("../docs/transcripts/http/smuggling.md")).stream()
            .map(ROW::matcher)
            .filter(Matcher::matches)
            .toList();
    assertThat(rows.size()).isGreaterThan(150);
    return rows.stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.group(1) + ": " + row.group(2),
                    () -> refused(Transcript.bytes(row.group(2)), row.group(3))));
  }

  private static void refused(byte[] bytes, String status) {
    List<List<Integer>> ways =
        bytes.length < 600 ? Cuts.all(bytes.length) : List.of(List.of(), Cuts.each(bytes.length));
    for (List<Integer> cuts : ways) {
      refused(bytes, cuts, status);
    }
    byte[] more = Arrays.copyOf(bytes, bytes.length + SMUGGLED.length);
    System.arraycopy(SMUGGLED, 0, more, bytes.length, SMUGGLED.length);
    refused(more, List.of(), status);
  }

  private static void refused(byte[] bytes, List<Integer> cuts, String status) {
    var demo = new Demo();
    try (var rehearsal = Rehearsal.of(demo.protocol())) {
      rehearsal.send(bytes, cuts);
      assertThat(rehearsal.text())
          .as("cut at %s", cuts)
          .startsWith("HTTP/1.1 " + status + " ")
          .contains("\r\nConnection: close\r\n")
          .containsOnlyOnce("HTTP/1.1 " + status + " ");
      assertThat(rehearsal.text().split("HTTP/1\\.1 \\d", -1)).hasSize(2);
      assertThat(rehearsal.ended()).isEqualTo(Rehearsal.End.LINGERED);
      assertThat(demo.requests).isEmpty();
      assertThat(demo.failures).isEmpty();
    }
  }
}
