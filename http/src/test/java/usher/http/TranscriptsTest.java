package usher.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import usher.session.Limits;
import usher.session.Timeouts;
import usher.testkit.drive.Rehearsal;
import usher.testkit.drive.Replay;
import usher.testkit.drive.Transcript;

/// Runs `docs/transcripts/http`, cut in every way.
final class TranscriptsTest {
  private static final Replay REPLAY =
      new Replay(
          TranscriptsTest::open,
          server -> server.text().matches("(?s)HTTP/1.1 [45].*"),
          "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n\0\1\2\3 garbage \r\n");

  @TestFactory
  Stream<DynamicTest> conversations_go_as_written_however_they_are_cut() throws IOException {
    Map<String, Transcript> all = Transcript.in(Path.of("../docs/transcripts/http"));
    assertThat(all.size()).isGreaterThan(60);
    return all.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> REPLAY.run(e.getValue())));
  }

  private static Rehearsal open(Transcript transcript) {
    Rehearsal rehearsal =
        Rehearsal.of(new Demo().protocol(), limits(transcript), timeouts(transcript));
    return transcript.settings().containsKey("hold") ? rehearsal.hold() : rehearsal;
  }

  private static Limits limits(Transcript transcript) {
    Limits limits = Limits.DEFAULT;
    for (var setting : transcript.settings().entrySet()) {
      long value = setting.getValue();
      limits =
          switch (setting.getKey()) {
            case "headBytes" -> limits.withHeadBytes((int) value);
            case "headFields" -> limits.withHeadFields((int) value);
            case "bodyBytes" -> limits.withBodyBytes(value);
            case "bodyMemory" -> limits.withBodyMemory((int) value);
            default -> limits;
          };
    }
    return limits;
  }

  private static Timeouts timeouts(Transcript transcript) {
    Long rate = transcript.settings().get("bodyRate");
    return rate == null
        ? Timeouts.DEFAULT
        : Timeouts.DEFAULT.withBody(Duration.ofSeconds(20), Math.toIntExact(rate));
  }
}
