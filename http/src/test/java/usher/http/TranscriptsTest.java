package usher.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import usher.session.Limits;
import usher.session.Timeouts;
import usher.testkit.drive.Cuts;
import usher.testkit.drive.Rehearsal;
import usher.testkit.drive.Transcript;
import usher.testkit.drive.Transcript.Act;
import usher.testkit.drive.Trials;

/// Runs `docs/transcripts/http`: each conversation as it stands, and again with the bytes of each
/// act of the client cut in every way: singly, at each place in two, at random places, and, where
/// the connection ends after it, with garbage behind them.
final class TranscriptsTest {
  /// From here on a message is cut at random places only.
  private static final int MANY = 600;

  private static final byte[] GARBAGE =
      "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n\0\1\2\3 garbage \r\n"
          .getBytes(StandardCharsets.ISO_8859_1);

  @TestFactory
  Stream<DynamicTest> conversations_go_as_written_however_they_are_cut() throws IOException {
    Map<String, Transcript> all = Transcript.in(Path.of("../docs/transcripts/http"));
    assertThat(all.size()).isGreaterThan(60);
    return all.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> runInEveryWay(e.getValue())));
  }

  private static void runInEveryWay(Transcript transcript) {
    run(transcript, -1, List.of(), false);
    for (int i = 0; i < transcript.acts().size(); i++) {
      if (!(transcript.acts().get(i) instanceof Act.Client client)) {
        continue;
      }
      int act = i;
      int length = client.bytes().length;
      if (length <= MANY) {
        for (List<Integer> cuts : Cuts.all(length)) {
          run(transcript, act, cuts, false);
        }
      } else {
        run(transcript, act, Cuts.each(length), false);
      }
      Trials.run(20, dice -> run(transcript, act, Cuts.random(dice, length, 8), false));
      if (refused(transcript, act)) {
        run(transcript, act, List.of(), true);
      }
    }
  }

  private static boolean refused(Transcript transcript, int act) {
    return act + 1 < transcript.acts().size()
        && transcript.acts().get(act + 1) instanceof Act.Server server
        && server.state() == Rehearsal.End.LINGERED
        && server.text().matches("(?s)HTTP/1.1 [45].*");
  }

  private static void run(Transcript transcript, int act, List<Integer> cuts, boolean garbage) {
    String way = "with act " + act + " cut at " + cuts + (garbage ? " and garbage" : "");
    try (var rehearsal =
        Rehearsal.of(new Demo().protocol(), limits(transcript), timeouts(transcript))) {
      if (transcript.settings().containsKey("hold")) {
        rehearsal.hold();
      }
      for (int i = 0; i < transcript.acts().size(); i++) {
        switch (transcript.acts().get(i)) {
          case Act.Client client -> {
            byte[] bytes = garbage && i == act ? joined(client.bytes()) : client.bytes();
            rehearsal.send(bytes, i == act ? cuts : List.of());
          }
          case Act.Server server -> {
            assertThat(Transcript.shown(rehearsal.fresh()))
                .as(way)
                .isEqualTo(Transcript.shown(server.text()));
            assertThat(rehearsal.ended()).as(way).isEqualTo(server.state());
          }
          case Act.Event event -> happen(rehearsal, event);
        }
      }
      assertThat(rehearsal.fresh()).as(way).isEmpty();
      assertThat(rehearsal.thrown()).as(way).isNull();
    }
  }

  private static byte[] joined(byte[] bytes) {
    byte[] joined = java.util.Arrays.copyOf(bytes, bytes.length + GARBAGE.length);
    System.arraycopy(GARBAGE, 0, joined, bytes.length, GARBAGE.length);
    return joined;
  }

  private static void happen(Rehearsal rehearsal, Act.Event event) {
    switch (event.name()) {
      case "time" -> rehearsal.advance(event.time());
      case "end" -> rehearsal.end();
      case "drain" -> rehearsal.drain();
      case "release" -> rehearsal.release();
      default -> throw new IllegalArgumentException(event.name());
    }
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
