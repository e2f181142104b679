package usher.testkit.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import usher.testkit.drive.Transcript.Act;

/// Runs a transcript as it stands, and again with the bytes of each act of the client cut in every
/// way: singly, at each place in two, at random places, and, where the connection ends after it,
/// with garbage behind them.
///
/// @param open a fresh connection for a transcript, with its settings; each run closes its own
/// @param refusal whether what the server says is its last word on what the client sent
/// @param garbage what then changes nothing, as ISO 8859-1
public record Replay(
    Function<Transcript, Rehearsal> open, Predicate<Act.Server> refusal, String garbage) {
  /// From here on a message is cut at random places only.
  private static final int MANY = 600;

  private static final int RANDOM = 20;
  private static final int MOST_CUTS = 8;

  /// Runs it in every way; each way must go as written.
  public void run(Transcript transcript) {
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
      Trials.run(RANDOM, dice -> run(transcript, act, Cuts.random(dice, length, MOST_CUTS), false));
      if (refused(transcript, act)) {
        run(transcript, act, List.of(), true);
      }
    }
  }

  private boolean refused(Transcript transcript, int act) {
    return act + 1 < transcript.acts().size()
        && transcript.acts().get(act + 1) instanceof Act.Server server
        && server.state() == Rehearsal.End.LINGERED
        && refusal.test(server);
  }

  private void run(Transcript transcript, int act, List<Integer> cuts, boolean rubbish) {
    String way = "with act " + act + " cut at " + cuts + (rubbish ? " and garbage" : "");
    try (var rehearsal = open.apply(transcript)) {
      for (int i = 0; i < transcript.acts().size(); i++) {
        switch (transcript.acts().get(i)) {
          case Act.Client client -> {
            byte[] bytes = rubbish && i == act ? joined(client.bytes()) : client.bytes();
            rehearsal.send(bytes, i == act ? cuts : List.of());
          }
          case Act.Server server -> {
            assertEquals(Transcript.shown(server.text()), Transcript.shown(rehearsal.fresh()), way);
            assertEquals(server.state(), rehearsal.ended(), way);
          }
          case Act.Event event -> happen(rehearsal, event);
        }
      }
      assertEquals("", rehearsal.fresh(), way);
      assertNull(rehearsal.thrown(), way);
    }
  }

  private byte[] joined(byte[] bytes) {
    byte[] more = garbage.getBytes(StandardCharsets.ISO_8859_1);
    byte[] joined = Arrays.copyOf(bytes, bytes.length + more.length);
    System.arraycopy(more, 0, joined, bytes.length, more.length);
    return joined;
  }

  private static void happen(Rehearsal rehearsal, Act.Event event) {
    switch (event.name()) {
      case "time" -> rehearsal.advance(event.time());
      case "end" -> rehearsal.end();
      case "drain" -> rehearsal.drain();
      case "release" -> rehearsal.release();
      case "lose" -> rehearsal.lose();
      default -> throw new IllegalArgumentException(event.name());
    }
  }
}
