package usher.testkit.contract;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import usher.session.Cause;
import usher.session.Outcome;
import usher.session.Step;

/// Sessions that lend their streams to blocking code for a while, and go on afterwards.
final class Lending {
  private Lending() {}

  static List<Behaviour> all() {
    return List.of(
        Behaviour.of("a session may lend its streams and go on afterwards", Lending::lends),
        Behaviour.of("a session may lend its streams at any time", Lending::lendsLate));
  }

  private static void lends(Trial trial) throws Exception {
    trial.serve(
        new Lines(
            line ->
                line.equals("lend")
                    ? List.of(Lines.say("yours"), borrow(), Lines.say("mine"))
                    : List.of(Lines.say(line))));
    try (Client client = trial.client()) {
      for (int round = 0; round < 3; round++) {
        // All at once: what is unread belongs to the borrower, and what he leaves to the lender.
        client.send("before\nlend\n12345678after\n");
        Expect.equal("answer", "before", client.line());
        Expect.equal("answer", "yours", client.line());
        Expect.equal("the borrower's", "87654321", client.line());
        Expect.equal("answer", "mine", client.line());
        Expect.equal("answer", "after", client.line());
      }
      client.end();
      client.expectEnd();
    }
  }

  private static void lendsLate(Trial trial) throws Exception {
    // The session waits for input when it lends: first because a call has ended, then at a
    // deadline.
    Board.Word word = trial.board().word();
    CountDownLatch heard = trial.latch();
    trial.serve(Plain.protocol(_ -> new LateLender(word, heard)));
    try (Client client = trial.client()) {
      client.send("1234");
      Trial.await(heard);
      word.say("");
      client.send("5678");
      Expect.equal("the borrower's", "87654321", client.line());
      Expect.equal("answer", "between", client.line());
      client.send("abcd");
      Expect.equal("the lender's", "deadline", client.line());
      client.send("efgh");
      Expect.equal("the borrower's", "hgfedcba", client.line());
      client.end();
      client.expectGone();
    }
    Expect.equal("ends", List.of(Cause.Kind.FINISHED), trial.witness().awaitClosed(1));
  }

  /// Reads eight bytes and says them backwards.
  private static Step borrow() {
    return new Step.Converse(
        1,
        (in, out) -> {
          StringBuilder text = new StringBuilder();
          for (byte each : in.readNBytes(8)) {
            text.append((char) each);
          }
          out.write((text.reverse() + "\n").getBytes(StandardCharsets.US_ASCII));
        });
  }

  private static final class LateLender extends Plain {
    private final Board.Word word;
    private final CountDownLatch heard;
    private int phase;
    private boolean go = true;
    private long now;

    LateLender(Board.Word word, CountDownLatch heard) {
      this.word = word;
      this.heard = heard;
    }

    @Override
    public void receive(ByteBuffer in) {
      // Left to the borrower.
      heard.countDown();
    }

    @Override
    public void complete(long key, Outcome outcome) {
      go = true;
    }

    @Override
    public void expire(long at) {
      go = true;
    }

    @Override
    public Step next(long at) {
      now = at;
      if (!go) {
        return super.next(at);
      }
      return switch (phase++) {
        case 0 -> {
          go = false;
          yield Lines.async(word::stage);
        }
        case 1 -> {
          go = false;
          yield borrow();
        }
        case 2 -> Lines.say("between");
        case 3 -> {
          go = false;
          yield super.next(at);
        }
        case 4 -> Lines.say("deadline");
        case 5 -> {
          go = false;
          yield borrow();
        }
        default -> super.next(at);
      };
    }

    @Override
    public long deadline() {
      return phase == 4 ? now + 20_000_000 : NEVER;
    }
  }
}
