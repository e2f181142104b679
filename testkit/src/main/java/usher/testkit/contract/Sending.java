package usher.testkit.contract;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import usher.session.Cause;
import usher.session.Step;
import usher.session.Timeouts;

/// Files go out as they are, from where they are told to, and one that changes harms its own
/// connection only.
final class Sending {
  private static final int HUGE = 12 << 20;

  /// Around the size up to which a loop reads a file rather than to have the kernel send it.
  private static final List<Integer> SIZES =
      List.of(1, 100, (16 << 10) - 1, 16 << 10, (16 << 10) + 1, (1 << 20) + 1);

  private Sending() {}

  static List<Behaviour> all() {
    return List.of(
        Behaviour.of("a file is sent whole", Sending::whole),
        Behaviour.of("a part of a file is sent", Sending::part),
        Behaviour.of("files and words keep their order", Sending::order),
        Behaviour.of("a huge file is sent whole to a slow reader", Sending::huge),
        Behaviour.of("a small file that has shrunk ends its own connection", Sending::small),
        Behaviour.of(
            "a file that shrinks while it is sent ends its own connection", Sending::large),
        Behaviour.of("a file that cannot be read ends its own connection", Sending::closed),
        Behaviour.of("a client that does not read its file is cut", Sending::stall),
        Behaviour.of("a client that resets in mid-file harms nobody", Sending::reset));
  }

  private static void whole(Trial trial) throws Exception {
    byte[] bytes = bytes((1 << 20) + 1);
    FileChannel file = trial.hold(trial.board().file(bytes));
    trial.serve(new Lines(line -> List.of(new Step.SendFile(file, 0, Long.parseLong(line)))));
    for (int size : SIZES) {
      // First thing on the connection, and then once more.
      try (Client client = trial.client()) {
        for (int round = 0; round < 2; round++) {
          client.send(size + "\n");
          Expect.that(
              "the first " + size + " bytes",
              Arrays.equals(Arrays.copyOf(bytes, size), client.take(size)));
        }
        client.end();
        client.expectEnd();
      }
    }
  }

  private static void part(Trial trial) throws Exception {
    byte[] bytes = bytes(300_000);
    FileChannel file = trial.hold(trial.board().file(bytes));
    trial.serve(
        new Lines(
            line -> {
              String[] words = line.split(" ", 2);
              return List.of(
                  new Step.SendFile(file, Long.parseLong(words[0]), Long.parseLong(words[1])));
            }));
    try (Client client = trial.client()) {
      for (int offset : List.of(0, 1, 77_777, 299_999)) {
        for (int length : List.of(1, 100, 222_223)) {
          int to = Math.min(offset + length, bytes.length);
          client.send(offset + " " + (to - offset) + "\n");
          Expect.that(
              "bytes " + offset + " to " + to,
              Arrays.equals(Arrays.copyOfRange(bytes, offset, to), client.take(to - offset)));
        }
      }
    }
  }

  private static void order(Trial trial) throws Exception {
    byte[] bytes = bytes(50_000);
    FileChannel file = trial.hold(trial.board().file(bytes));
    trial.serve(
        new Lines(
            _ ->
                List.of(
                    Lines.say("small"),
                    new Step.SendFile(file, 0, 10),
                    Lines.say("large"),
                    new Step.SendFile(file, 0, 50_000),
                    new Step.SendFile(file, 10, 10),
                    Lines.say("done"))));
    try (Client client = trial.client()) {
      client.send("go\n".repeat(5));
      for (int i = 0; i < 5; i++) {
        Expect.equal("before the small one", "small", client.line());
        Expect.that("small", Arrays.equals(Arrays.copyOf(bytes, 10), client.take(10)));
        Expect.equal("before the large one", "large", client.line());
        Expect.that("large", Arrays.equals(bytes, client.take(50_000)));
        Expect.that("again", Arrays.equals(Arrays.copyOfRange(bytes, 10, 20), client.take(10)));
        Expect.equal("after them", "done", client.line());
      }
    }
  }

  private static void huge(Trial trial) throws Exception {
    byte[] bytes = bytes(HUGE);
    FileChannel file = trial.hold(trial.board().file(bytes));
    trial.serve(new Lines(_ -> List.of(new Step.SendFile(file, 0, HUGE), Step.LINGER)));
    try (Client client = trial.client()) {
      client.send("go\n");
      byte[] first = client.take(1000);
      // Slow at its start, so that the channel fills up.
      Thread.sleep(20);
      byte[] rest = client.rest();
      Expect.equal("bytes", HUGE, first.length + rest.length);
      Expect.that(
          "the very bytes",
          Arrays.equals(first, Arrays.copyOf(bytes, 1000))
              && Arrays.equals(rest, Arrays.copyOfRange(bytes, 1000, HUGE)));
    }
  }

  private static void small(Trial trial) throws Exception {
    FileChannel file = trial.hold(trial.board().file(bytes(1000)));
    shrunk(trial, new Step.SendFile(file, 0, 2000));
  }

  private static void closed(Trial trial) throws Exception {
    FileChannel file = trial.board().file(bytes(100_000));
    file.close();
    Step send = new Step.SendFile(file, 0, 100_000);
    trial.serve(lines(send));
    try (Client client = trial.client()) {
      client.send("file\n");
      client.expectGone();
    }
    Expect.equal("ends", List.of(Cause.Kind.FAILED), trial.witness().awaitClosed(1));
    trial.servesOthers();
    Expect.equal("failures told", 1, trial.witness().failures().size());
  }

  private static void large(Trial trial) throws Exception {
    FileChannel file = trial.hold(trial.board().file(bytes(HUGE)));
    trial.serve(lines(new Step.SendFile(file, 0, 4L * HUGE)));
    try (Client client = trial.client()) {
      client.send("file\n");
      byte[] _ = client.take(1000);
      file.truncate(2000);
      client.expectGone();
    }
    expectFailure(trial);
  }

  private static void shrunk(Trial trial, Step send) throws Exception {
    trial.serve(lines(send));
    try (Client client = trial.client()) {
      client.send("file\n");
      Expect.atMost("bytes of a file that has not as many", 1000, client.count());
    }
    expectFailure(trial);
  }

  private static void expectFailure(Trial trial) throws Exception {
    Expect.equal("ends", List.of(Cause.Kind.FAILED), trial.witness().awaitClosed(1));
    // Nothing of it is left for those who come next.
    trial.servesOthers();
    trial.servesOthers();
    Expect.equal("failures told", 1, trial.witness().failures().size());
  }

  private static void stall(Trial trial) throws Exception {
    FileChannel file = trial.hold(sparse(trial, 1L << 30));
    trial.serve(
        lines(new Step.SendFile(file, 0, 1L << 30)),
        server -> server.timeouts(Timeouts.DEFAULT.withStall(Duration.ofMillis(60))));
    try (Client client = trial.client()) {
      client.send("file\n");
      Expect.equal("ends", List.of(Cause.Kind.OVERDUE), trial.witness().awaitClosed(1));
    }
    trial.servesOthers();
  }

  private static void reset(Trial trial) throws Exception {
    FileChannel file = trial.hold(sparse(trial, 1L << 30));
    trial.serve(lines(new Step.SendFile(file, 0, 1L << 30)));
    for (int i = 0; i < 3; i++) {
      Client client = trial.client();
      client.send("file\n");
      byte[] _ = client.take(100_000);
      client.reset();
      Expect.equal("end", Cause.Kind.PEER_GONE, trial.witness().awaitClosed(2 * i + 1).getLast());
      trial.servesOthers();
      trial.witness().awaitClosed(2 * i + 2);
    }
    Expect.equal("failures of ours", List.of(), trial.witness().failures());
  }

  /// Lines that send this at `file` and repeat the rest.
  private static Lines lines(Step send) {
    return new Lines(line -> List.of(line.equals("file") ? send : Lines.say(line)));
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  /// A file of zeros that takes no room on the disk.
  private static FileChannel sparse(Trial trial, long size) throws Exception {
    FileChannel file = trial.board().file(new byte[0]);
    int _ = file.write(ByteBuffer.allocate(1), size - 1);
    return file;
  }
}
