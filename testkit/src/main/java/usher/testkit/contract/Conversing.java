package usher.testkit.contract;

import static usher.session.Step.Kind.BLOCKING;
import static usher.session.Step.Kind.INLINE;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import usher.server.Address;
import usher.server.Probe.Drop;
import usher.server.Server;
import usher.session.Capability;
import usher.session.Carriage;
import usher.session.Limits;
import usher.session.Opening;
import usher.session.Peer;
import usher.session.Protocol;
import usher.session.Session;
import usher.session.Step;
import usher.testkit.Await;

/// Conversations in datagrams: a session and a port for each sender.
final class Conversing {
  private static final int ROOM = 2_000;
  private static final Duration SOON = Duration.ofMillis(30);

  private Conversing() {}

  static List<Behaviour> all() {
    return List.of(
        Behaviour.of("a conversation has a port of its own", Conversing::ownPort),
        Behaviour.of("a session is told who calls and where it answers", Conversing::ends),
        Behaviour.of("each write is one datagram", Conversing::writes),
        Behaviour.of("each datagram is told by itself, and in its order", Conversing::order),
        Behaviour.of("the largest datagrams come and go in a conversation", Conversing::largest),
        Behaviour.of("what a session leaves of a datagram is dropped", Conversing::leaves),
        Behaviour.of("a datagram that is left alone comes again", Conversing::untouched),
        Behaviour.of("a block that is lost is sent again", Conversing::lostBlock),
        Behaviour.of("many transfers at once each get their own blocks", Conversing::crowd),
        Behaviour.of("two conversations at once do not mix", Conversing::two)
            .needs(Capability.CONCURRENT_CLIENTS),
        Behaviour.of(
            "a first datagram that comes again opens no second session", Conversing::again),
        Behaviour.of("a conversation hears nobody but its sender", Conversing::stranger),
        Behaviour.of("a call of each kind is answered in a conversation", Conversing::calls),
        Behaviour.of("an async call wakes a silent conversation", Conversing::wakes),
        Behaviour.of("a server has conversations beside all else", Conversing::beside));
  }

  /// Repeats each datagram, and closes after `over`.
  static Lines echo() {
    return new Lines(
            line ->
                line.equals("over")
                    ? List.of(Lines.say(line), Step.CLOSE)
                    : List.of(Lines.say(line)))
        .inDatagrams(ROOM);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void ownPort(Trial trial) throws Exception {
    trial.serve(echo());
    Talker talker = trial.talker();
    Expect.equal("answer", "hello", talker.ask("hello"));
    InetSocketAddress partner = talker.partner();
    Expect.equal("address", talker.server().getAddress(), partner.getAddress());
    Expect.that("a port of its own", partner.getPort() != talker.server().getPort());
    for (int i = 0; i < 5; i++) {
      Expect.equal("answer", "" + i, talker.ask("" + i));
    }
    Expect.equal("datagrams at the server's port", 1, trial.witness().received());
    Expect.equal("conversations", 1, trial.witness().accepted());
    Expect.equal("clients", 1, trial.server().active());
    Expect.equal("drops", 0L, trial.server().dropped());
  }

  private static void ends(Trial trial) throws Exception {
    List<Peer> peers = new CopyOnWriteArrayList<>();
    Lines lines = echo();
    trial.serve(
        new Protocol() {
          @Override
          public String name() {
            return "curious";
          }

          @Override
          public Carriage carriage() {
            return lines.carriage();
          }

          @Override
          public Session open(Opening opening) {
            peers.add(opening.peer());
            return lines.open(opening);
          }
        });
    Talker talker = trial.talker();
    Expect.equal("answer", "hello", talker.ask("hello"));
    Peer peer = peers.getFirst();
    Expect.equal("sender", Address.hostAndPort(talker.address()), peer.remote());
    Expect.equal("its host", talker.address().getAddress().getHostAddress(), peer.host());
    Expect.equal("our end", Address.hostAndPort(talker.partner()), peer.local());
  }

  private static void writes(Trial trial) throws Exception {
    trial.serve(
        new Lines(line -> List.of(Lines.say("1 " + line), Lines.say(""), Lines.say("3")))
            .inDatagrams(ROOM));
    Talker talker = trial.talker();
    for (String line : List.of("a", "b")) {
      Expect.equal("first", "1 " + line, talker.ask(line));
      Expect.equal("second", "", talker.hear());
      Expect.equal("third", "3", talker.hear());
    }
  }

  private static void order(Trial trial) throws Exception {
    trial.serve(echo());
    Talker talker = trial.talker();
    Expect.equal("answer", "hello", talker.ask("hello"));
    for (int i = 0; i < 40; i++) {
      talker.send(i + "x".repeat(i * 20));
    }
    for (int i = 0; i < 40; i++) {
      Expect.equal("answer " + i, i + "x".repeat(i * 20), talker.hear());
    }
  }

  private static void largest(Trial trial) throws Exception {
    int most = trial.udp().most();
    trial.serve(
        Lines.echo().inDatagrams(most), it -> it.limits(Limits.DEFAULT.withHeadBytes(most)));
    Talker talker = trial.talker();
    for (int length : new int[] {1, most, 2, most - 1}) {
      String line = "x".repeat(length - 1);
      Expect.equal("length of the answer", length - 1, talker.ask(line).length());
    }
  }

  private static void leaves(Trial trial) throws Exception {
    trial.serve(echo());
    Talker talker = trial.talker();
    // A session of lines takes the first line only.
    Expect.equal("answer", "one", talker.ask("one\nleft"));
    Expect.equal("answer", "two", talker.ask("two\nleft\nas well"));
    Expect.equal("answer", "three", talker.ask("three"));
    // And nothing at all of what has no line feed.
    talker.send(bytes("left"));
    Expect.equal("answer", "four", talker.ask("four"));
  }

  private static void untouched(Trial trial) throws Exception {
    trial.serve(new Hesitant());
    Talker talker = trial.talker();
    Expect.equal("first", "not now", talker.ask("1"));
    Expect.equal("then", "1", talker.hear());
    talker.send("2");
    talker.send("3");
    Expect.equal("first", "not now", talker.hear());
    Expect.equal("then", "2", talker.hear());
    Expect.equal("first", "not now", talker.hear());
    Expect.equal("then", "3", talker.hear());
  }

  private static void lostBlock(Trial trial) throws Exception {
    trial.serve(new Blocks(SOON));
    Blocks.fetch(trial.talker(), 5, 2);
    trial.witness().awaitClosed(1);
    Expect.equal("sessions", 1, trial.witness().accepted());
  }

  private static void crowd(Trial trial) throws Exception {
    // Whoever has to wait for his turn calls again.
    trial.serve(new Blocks(Duration.ofMillis(250)));
    List<Trial.Task> tasks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Talker talker = trial.talker();
      tasks.add(trial.start(() -> Blocks.fetch(talker, 30, 1)));
    }
    for (Trial.Task task : tasks) {
      task.join();
    }
    trial.witness().awaitClosed(20);
    Expect.equal("sessions", 20, trial.witness().accepted());
    Expect.equal("drops", 0L, trial.server().dropped());
  }

  private static void two(Trial trial) throws Exception {
    trial.serve(echo());
    Talker one = trial.talker();
    Talker other = trial.talker();
    for (int i = 0; i < 10; i++) {
      Expect.equal("answer to one", "one " + i, one.ask("one " + i));
      Expect.equal("answer to the other", "other " + i, other.ask("other " + i));
    }
    Expect.that("two ports", !one.partner().equals(other.partner()));
    Expect.equal("clients", 2, trial.server().active());
  }

  private static void again(Trial trial) throws Exception {
    Server server = trial.serve(echo());
    Talker talker = trial.talker();
    talker.call("hello");
    talker.call("hello");
    talker.call("hello");
    Expect.equal("answer", "hello", talker.hear());
    Await.until("the others are dropped", Trial.LONG, () -> server.dropped() == 2);
    Expect.equal("why", List.of(Drop.REPEATED, Drop.REPEATED), trial.witness().drops());
    Expect.equal("answer", "more", talker.ask("more"));
    Expect.equal("sessions", 1, trial.witness().accepted());
  }

  private static void stranger(Trial trial) throws Exception {
    trial.serve(echo());
    Talker talker = trial.talker();
    Expect.equal("answer", "hello", talker.ask("hello"));
    Talker stranger = trial.talker();
    stranger.send(talker.partner(), bytes("stranger\n"));
    Expect.equal("answer", "more", talker.ask("more"));
    Expect.equal("sessions", 1, trial.witness().accepted());
    Expect.equal("failures", List.of(), trial.witness().failures());
  }

  private static void calls(Trial trial) throws Exception {
    trial.serve(
        new Lines(
                line ->
                    List.of(
                        switch (line) {
                          case "inline" -> Lines.call(INLINE, () -> "1");
                          case "blocking" -> Lines.call(BLOCKING, () -> "2");
                          case "async" -> Lines.async(() -> CompletableFuture.completedFuture("3"));
                          default -> Lines.say(line);
                        }))
            .inDatagrams(ROOM));
    Talker talker = trial.talker();
    for (int i = 0; i < 3; i++) {
      Expect.equal("inline", "1", talker.ask("inline"));
      Expect.equal("blocking", "2", talker.ask("blocking"));
      Expect.equal("async", "3", talker.ask("async"));
    }
  }

  private static void wakes(Trial trial) throws Exception {
    CompletableFuture<String> stage = new CompletableFuture<>();
    trial.serve(
        new Lines(
                line -> List.of(line.equals("async") ? Lines.async(() -> stage) : Lines.say(line)))
            .inDatagrams(ROOM));
    Talker talker = trial.talker();
    Expect.equal("answer", "hello", talker.ask("hello"));
    talker.send("async");
    talker.send("next");
    stage.complete("done");
    Expect.equal("answer of the call", "done", talker.hear());
    Expect.equal("answer of the next", "next", talker.hear());
  }

  private static void beside(Trial trial) throws Exception {
    Server.Builder builder = trial.describe(Posting.ECHO);
    trial.listen(builder, echo());
    Server server = trial.keep(builder.listen(trial.udp().stream(), Lines.echo()).build()).start();
    if (!(server.addresses().getLast() instanceof Address.Tcp tcp)) {
      throw new AssertionError("no TCP address");
    }
    for (int i = 0; i < 3; i++) {
      trial.answersOthers();
      try (Client client = new Client(SocketChannel.open(tcp.socketAddress()))) {
        Expect.equal("answer over the stream", "hello", client.ask("hello"));
      }
      trial.witness().awaitClosed(2 * i + 1);
      Talker talker = trial.talker(server.addresses().get(1));
      Expect.equal("answer in the conversation", "hello", talker.ask("hello"));
      Expect.equal("its end", "over", talker.ask("over"));
      trial.witness().awaitClosed(2 * i + 2);
    }
  }

  /// Leaves each datagram alone at first, says so, and takes it when it comes again.
  private static final class Hesitant implements Protocol {
    @Override
    public String name() {
      return "hesitant";
    }

    @Override
    public Carriage carriage() {
      return Carriage.datagrams(ROOM);
    }

    @Override
    public Session open(Opening opening) {
      Session lines = echo().open(opening);
      return new Forward(lines) {
        private boolean seen;
        private boolean says;

        @Override
        public void receive(ByteBuffer in) {
          if (seen) {
            lines.receive(in);
          } else {
            says = true;
          }
          seen = !seen;
        }

        @Override
        public Step next(long now) {
          if (says) {
            says = false;
            return Lines.say("not now");
          }
          return lines.next(now);
        }
      };
    }
  }
}
