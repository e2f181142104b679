package usher.testkit.contract;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import usher.server.Address;
import usher.server.Datagram;
import usher.server.DatagramHandler;
import usher.server.Probe.Drop;
import usher.server.Server;
import usher.testkit.Await;

/// Datagrams come, are handled, and are answered: each whole and by itself.
final class Posting {
  /// Sends each datagram back, and is taken to block.
  static final DatagramHandler ECHO = in -> in.reply(in.bytes());

  private Posting() {}

  static List<Behaviour> all() {
    return List.of(
        Behaviour.of("a datagram comes back whole", Posting::whole),
        Behaviour.of("datagrams keep their bounds", Posting::bounds),
        Behaviour.of("a datagram may be empty, and so may its answer", Posting::empty),
        Behaviour.of("the largest datagram comes back whole", Posting::largest),
        Behaviour.of("a datagram is answered never, once or many times", Posting::anyNumber),
        Behaviour.of("many senders at once each get their own answers", Posting::crowd),
        Behaviour.of("a handler is told who calls and where", Posting::ends),
        Behaviour.of("a datagram longer than is taken is dropped whole", Posting::tooLong),
        Behaviour.of("an answer longer than may be is refused to its handler", Posting::refused),
        Behaviour.of("a sender that has gone harms nobody", Posting::gone),
        Behaviour.of("a datagram cannot be answered after its handler", Posting::late),
        Behaviour.of("what a handler does to its buffer harms nobody else", Posting::spoilt),
        Behaviour.of("a server has entrances of both kinds at once", Posting::both));
  }

  /// The same handler, declared to be cheap.
  static DatagramHandler inline(DatagramHandler handler) {
    return DatagramHandler.inline(handler);
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  static String text(Datagram in) {
    return StandardCharsets.ISO_8859_1.decode(in.bytes().duplicate()).toString();
  }

  /// All values of a byte, over and over.
  private static byte[] pattern(int length, int first) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (first + i);
    }
    return bytes;
  }

  private static void same(String what, byte[] expected, byte[] actual) {
    Expect.equal(what, ByteBuffer.wrap(expected), ByteBuffer.wrap(actual));
  }

  private static void whole(Trial trial) throws Exception {
    Server blocking = trial.serve(ECHO);
    Server inline = trial.serve(inline(ECHO));
    for (Server server : List.of(blocking, inline)) {
      Caller caller = trial.caller(server.addresses().getFirst());
      for (int i = 0; i < 3; i++) {
        byte[] sent = pattern(1_000, i);
        caller.send(sent);
        same("answer " + i, sent, caller.take());
      }
    }
    Expect.equal("datagrams told", 6, trial.witness().received());
    Expect.equal("drops", 0L, blocking.dropped() + inline.dropped());
  }

  private static void bounds(Trial trial) throws Exception {
    trial.serve(ECHO);
    Caller caller = trial.caller();
    List<Integer> sent = List.of(1, 500, 0, 9_000, 2);
    for (int i = 0; i < sent.size(); i++) {
      caller.send(pattern(sent.get(i), i));
    }
    // Threads may overtake each other, and so may datagrams.
    List<Integer> heard = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      byte[] answer = caller.take();
      heard.add(answer.length);
      same("answer", pattern(answer.length, sent.indexOf(answer.length)), answer);
    }
    Expect.equal("lengths", sent.stream().sorted().toList(), heard.stream().sorted().toList());
  }

  private static void empty(Trial trial) throws Exception {
    trial.serve(in -> in.reply(bytes(in.bytes().hasRemaining() ? "" : "you said nothing")));
    Caller caller = trial.caller();
    for (int i = 0; i < 3; i++) {
      Expect.equal("answer to nothing", "you said nothing", caller.ask(""));
      Expect.equal("answer to something", "", caller.ask("something"));
    }
    Expect.equal("drops", 0L, trial.server().dropped());
  }

  private static void largest(Trial trial) throws Exception {
    trial.serve(ECHO);
    Server inline = trial.serve(inline(ECHO));
    for (Address address : List.of(first(trial.server()), first(inline))) {
      Caller caller = trial.caller(address);
      byte[] most = pattern(trial.udp().most(), 0);
      caller.send(most);
      same("answer", most, caller.take());
    }
  }

  private static Address first(Server server) {
    return server.addresses().getFirst();
  }

  private static void anyNumber(Trial trial) throws Exception {
    trial.serve(
        in -> {
          int times = Integer.parseInt(text(in));
          for (int i = 0; i < times; i++) {
            in.reply(bytes(times + "." + i));
          }
        });
    Caller caller = trial.caller();
    for (int times : new int[] {0, 1, 5, 0, 2}) {
      caller.send("" + times);
      for (int i = 0; i < times; i++) {
        Expect.equal("answer", times + "." + i, caller.hear());
      }
    }
  }

  private static void crowd(Trial trial) throws Exception {
    trial.serve(ECHO);
    List<Trial.Task> tasks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int number = i;
      tasks.add(
          trial.start(
              () -> {
                try (Caller caller = trial.caller()) {
                  for (int round = 0; round < 50; round++) {
                    String asked = number + " in round " + round;
                    Expect.equal("answer", asked, caller.ask(asked));
                  }
                }
              }));
    }
    for (Trial.Task task : tasks) {
      task.join();
    }
    Expect.equal("datagrams told", 1_000, trial.witness().received());
    Expect.equal("drops", 0L, trial.server().dropped());
  }

  private static void ends(Trial trial) throws Exception {
    AtomicReference<@Nullable SocketAddress> from = new AtomicReference<>();
    Server server =
        trial.serve(
            in -> {
              from.set(in.from());
              in.reply(bytes("" + in.to().getPort()));
            });
    Caller first = trial.caller();
    Caller second = trial.caller();
    String port = server.addresses().getFirst().toString().replaceAll(".*:", "");
    for (Caller caller : List.of(first, second, first)) {
      Expect.equal("the server's port", port, caller.ask("where?"));
      Expect.equal("the sender", caller.address(), from.get());
    }
  }

  private static void tooLong(Trial trial) throws Exception {
    trial.serve(ECHO.upTo(100));
    Caller caller = trial.caller();
    Expect.equal("answer", "x".repeat(99), caller.ask("x".repeat(99)));
    Expect.equal("answer", "x".repeat(100), caller.ask("x".repeat(100)));
    caller.send("x".repeat(101));
    caller.send(new byte[trial.udp().most()]);
    Expect.equal("the next answer", "", caller.ask(""));
    Expect.equal("drops", List.of(Drop.TOO_LONG, Drop.TOO_LONG), trial.witness().drops());
    Expect.equal("drops counted", 2L, trial.server().dropped());
    Expect.equal("datagrams told", 5, trial.witness().received());
  }

  private static void refused(Trial trial) throws Exception {
    int most = trial.udp().most();
    trial.serve(
        in -> {
          if (text(in).equals("hello")) {
            in.reply(in.bytes());
            return;
          }
          try {
            in.reply(ByteBuffer.allocate(most + 1));
          } catch (IOException thrown) {
            in.reply(bytes("refused"));
            throw thrown;
          }
        });
    Caller caller = trial.caller();
    Expect.equal("answer", "refused", caller.ask("much"));
    trial.answersOthers();
    Await.until("it is told", Trial.LONG, () -> trial.witness().failures().size() == 1);
    Expect.equal("drops", 0L, trial.server().dropped());
  }

  private static void gone(Trial trial) throws Exception {
    CountDownLatch left = trial.latch();
    trial.serve(
        in -> {
          if (!text(in).equals("hello")) {
            Trial.await(left);
          }
          in.reply(in.bytes());
        });
    // Each answer comes to a closed port, and the system is told so.
    for (int i = 0; i < 3; i++) {
      try (Caller caller = trial.caller()) {
        caller.send("I am gone");
      }
    }
    left.countDown();
    for (int i = 0; i < 3; i++) {
      trial.answersOthers();
    }
    Await.until("all are handled", Trial.LONG, () -> trial.server().active() == 0);
    Expect.equal("failures", List.of(), trial.witness().failures());
  }

  private static void late(Trial trial) throws Exception {
    List<Datagram> kept = new ArrayList<>();
    Server server =
        trial.serve(
            in -> {
              kept.add(in);
              in.reply(in.bytes());
            });
    Expect.equal("answer", "hello", trial.caller().ask("hello"));
    Await.until("the handler has returned", Trial.LONG, () -> server.active() == 0);
    Expect.thrown(
        "a late answer", IllegalStateException.class, () -> kept.getFirst().reply(bytes("late")));
  }

  private static void spoilt(Trial trial) throws Exception {
    trial.serve(
        inline(
            in -> {
              int number = in.bytes().getInt();
              in.reply(bytes("" + number));
              in.bytes().order(ByteOrder.LITTLE_ENDIAN).clear().limit(1);
            }));
    Caller caller = trial.caller();
    for (int i = 0; i < 3; i++) {
      caller.send(new byte[] {0, 0, 0, 7});
      Expect.equal("number " + i, "7", caller.hear());
    }
  }

  private static void both(Trial trial) throws Exception {
    Server server =
        trial.keep(trial.describe(ECHO).listen(trial.udp().stream(), Lines.echo()).build()).start();
    if (!(server.addresses().getLast() instanceof Address.Tcp tcp)) {
      throw new AssertionError("no TCP address");
    }
    for (int i = 0; i < 3; i++) {
      trial.answersOthers();
      try (Client client = new Client(SocketChannel.open(tcp.socketAddress()))) {
        Expect.equal("answer over the stream", "hello", client.ask("hello"));
      }
    }
    trial.witness().awaitClosed(3);
  }
}
