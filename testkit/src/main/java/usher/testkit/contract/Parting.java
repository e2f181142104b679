package usher.testkit.contract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import usher.server.Address;
import usher.server.Drained;
import usher.server.Model;
import usher.server.Probe.Drop;
import usher.server.Server;
import usher.service.Daytime;
import usher.session.Capability;
import usher.session.Carriage;
import usher.session.Cause;
import usher.session.Limits;
import usher.session.Opening;
import usher.session.Protocol;
import usher.session.Session;
import usher.session.Step;
import usher.session.Timeouts;
import usher.testkit.Await;

/// Conversations in datagrams end, or do not begin: nobody else is harmed, and every seat is given
/// back.
final class Parting {
  private static final int ROOM = 100;

  private Parting() {}

  static List<Behaviour> all() {
    return List.of(
        Behaviour.of("a sender may begin anew when its conversation is over", Parting::anew),
        Behaviour.of("a conversation whose sender has gone is told so", Parting::gone),
        Behaviour.of(
            "a conversation that falls silent ends, and gives its seat back", Parting::idle),
        Behaviour.of("what a session throws ends its conversation only", Parting::throwing)
            .needs(Capability.CONCURRENT_CLIENTS),
        Behaviour.of("a datagram that is too long begins no conversation", Parting::tooLong),
        Behaviour.of("a datagram that is too long harms no conversation", Parting::tooLongLater),
        Behaviour.of("an empty datagram begins no conversation, and harms none", Parting::empty),
        Behaviour.of("a session that writes more than a datagram holds fails", Parting::tooMuch),
        Behaviour.of("a session of datagrams cannot have what needs a stream", Parting::streams),
        Behaviour.of("a session of datagrams that waits for ever fails", Parting::forEver),
        Behaviour.of("a protocol that cannot open a session harms nobody", Parting::unopened),
        Behaviour.of("a conversation that finds no seat is not begun", Parting::noSeat)
            .needs(Capability.CONCURRENT_CLIENTS),
        Behaviour.of("a conversation that finds the queue full is not begun", Parting::queueFull)
            .notUnder(
                model -> !(model instanceof Model.ThreadPool || model instanceof Model.Iterative),
                "no conversation waits for a thread here"),
        Behaviour.of("who waits for his turn may call again", Parting::waits)
            .notUnder(
                model -> !(model instanceof Model.Iterative), "nobody waits for his turn here"),
        Behaviour.of("a drain lets conversations finish", Parting::drain),
        Behaviour.of("no conversation begins after a drain has begun", Parting::closedDoor),
        Behaviour.of("a drain cuts a conversation that does not end", Parting::endless),
        Behaviour.of("a close cuts conversations", Parting::close),
        Behaviour.of("a hundred conversations leave nothing behind", Parting::hundred),
        Behaviour.of("a protocol is served where its carriage fits", Parting::misfits));
  }

  private static Lines echo() {
    return Conversing.echo().inDatagrams(ROOM);
  }

  private static void anew(Trial trial) throws Exception {
    trial.serve(echo());
    Talker talker = trial.talker();
    for (int i = 1; i <= 3; i++) {
      talker.call("over");
      Expect.equal("answer", "over", talker.hear());
      trial.witness().awaitClosed(i);
      Await.until("it is forgotten", Trial.LONG, () -> trial.server().active() == 0);
      talker.forget();
    }
    Expect.equal("sessions", 3, trial.witness().accepted());
    Expect.equal("drops", 0L, trial.server().dropped());
  }

  private static void gone(Trial trial) throws Exception {
    trial.serve(new Blocks(Duration.ofMillis(30)));
    try (Talker talker = trial.talker()) {
      talker.send(Blocks.number(5));
      byte[] _ = talker.take();
    }
    // The next time that the block is sent, the sender's system says that nobody is there.
    Expect.equal("why", List.of(Cause.Kind.PEER_GONE), trial.witness().awaitClosed(1));
    Await.until("its seat is free", Trial.LONG, () -> trial.server().active() == 0);
    Blocks.fetch(trial.talker(), 2, 1);
  }

  private static void idle(Trial trial) throws Exception {
    trial.serve(
        echo(),
        it ->
            it.timeouts(Timeouts.DEFAULT.withIdle(Duration.ofMillis(60)))
                .limits(Limits.DEFAULT.withConnections(1)));
    for (int i = 1; i <= 3; i++) {
      Talker talker = trial.talker();
      Expect.equal("answer", "hello", talker.ask("hello"));
      trial.witness().awaitClosed(i);
      Await.until("its seat is free", Trial.LONG, () -> trial.server().active() == 0);
    }
    Expect.equal("why", List.of(Cause.Kind.FINISHED), distinct(trial.witness().causes()));
  }

  private static List<Cause.Kind> distinct(List<Cause.Kind> causes) {
    return causes.stream().distinct().toList();
  }

  private static void throwing(Trial trial) throws Exception {
    trial.serve(
        new Lines(
                line -> {
                  if (line.equals("throw")) {
                    throw new IllegalStateException("made for this trial");
                  }
                  return List.of(Lines.say(line));
                })
            .inDatagrams(ROOM));
    Talker well = trial.talker();
    Expect.equal("answer", "hello", well.ask("hello"));
    for (int i = 1; i <= 3; i++) {
      Talker talker = trial.talker();
      if (i > 1) {
        Expect.equal("answer", "hello", talker.ask("hello"));
      }
      talker.send("throw");
      trial.witness().awaitClosed(i);
      Expect.equal("answer to the other", "" + i, well.ask("" + i));
    }
    Expect.equal("why", List.of(Cause.Kind.FAILED), distinct(trial.witness().causes()));
    Expect.equal("failures told", 3, trial.witness().failures().size());
  }

  private static void tooLong(Trial trial) throws Exception {
    trial.serve(echo());
    Talker talker = trial.talker();
    talker.send("x".repeat(ROOM));
    talker.send(new byte[trial.udp().most()]);
    Expect.equal("answer", "x".repeat(ROOM - 1), talker.ask("x".repeat(ROOM - 1)));
    Expect.equal("drops", List.of(Drop.TOO_LONG, Drop.TOO_LONG), trial.witness().drops());
    Expect.equal("drops counted", 2L, trial.server().dropped());
    Expect.equal("sessions", 1, trial.witness().accepted());
  }

  private static void tooLongLater(Trial trial) throws Exception {
    trial.serve(echo());
    Talker talker = trial.talker();
    Expect.equal("answer", "hello", talker.ask("hello"));
    talker.send("x".repeat(ROOM));
    talker.send(new byte[trial.udp().most()]);
    Expect.equal("answer", "x".repeat(ROOM - 1), talker.ask("x".repeat(ROOM - 1)));
    Expect.equal("drops", List.of(Drop.TOO_LONG, Drop.TOO_LONG), trial.witness().drops());
    Expect.equal("drops counted", 2L, trial.server().dropped());
  }

  private static void empty(Trial trial) throws Exception {
    trial.serve(echo());
    Talker talker = trial.talker();
    talker.send(new byte[0]);
    Expect.equal("answer", "hello", talker.ask("hello"));
    Expect.equal("drops", List.of(Drop.EMPTY), trial.witness().drops());
    talker.send(new byte[0]);
    talker.send(new byte[0]);
    Expect.equal("answer", "more", talker.ask("more"));
    Expect.equal("sessions", 1, trial.witness().accepted());
  }

  private static void tooMuch(Trial trial) throws Exception {
    int most = trial.udp().most();
    fails(trial, () -> new Step.Write(ByteBuffer.allocate(most + 1)));
  }

  private static void streams(Trial trial) throws Exception {
    Path path = Files.createTempFile("usher", null);
    try (FileChannel file = FileChannel.open(path)) {
      fails(
          trial,
          () -> Step.SHUTDOWN_OUTPUT,
          () -> new Step.SendFile(file, 0, 1),
          () -> new Step.Converse(1, (_, _) -> {}));
    } finally {
      Files.delete(path);
    }
  }

  /// Each of these steps ends its conversation as failed, and no other.
  @SafeVarargs
  private static void fails(Trial trial, Supplier<Step>... steps) throws IOException {
    trial.serve(
        new Lines(
                line ->
                    List.of(
                        line.equals("hello")
                            ? Lines.say(line)
                            : steps[Integer.parseInt(line)].get(),
                        Step.CLOSE))
            .inDatagrams(ROOM));
    for (int i = 0; i < steps.length; i++) {
      trial.talker().send("" + i);
      trial.witness().awaitClosed(2 * i + 1);
      Expect.equal("somebody else's answer", "hello", trial.talker().ask("hello"));
      List<Cause.Kind> causes = trial.witness().awaitClosed(2 * i + 2);
      Expect.equal("end of step " + i, Cause.Kind.FAILED, causes.get(2 * i));
      Expect.equal("end of somebody else", Cause.Kind.FINISHED, causes.get(2 * i + 1));
    }
  }

  private static Protocol over(Protocol protocol, UnaryOperator<Session> made) {
    return new Protocol() {
      @Override
      public String name() {
        return "other";
      }

      @Override
      public Carriage carriage() {
        return protocol.carriage();
      }

      @Override
      public Session open(Opening opening) {
        return made.apply(protocol.open(opening));
      }
    };
  }

  private static void forEver(Trial trial) throws Exception {
    trial.serve(
        over(
            echo(),
            session ->
                new Forward(session) {
                  @Override
                  public long deadline() {
                    return NEVER;
                  }
                }));
    Expect.equal("answer", "hello", trial.talker().ask("hello"));
    Expect.equal("why", List.of(Cause.Kind.FAILED), trial.witness().awaitClosed(1));
  }

  private static void unopened(Trial trial) throws Exception {
    trial.mayBreak();
    CountDownLatch opens = trial.latch();
    Server server =
        trial.serve(
            over(
                echo(),
                session -> {
                  if (opens.getCount() > 0) {
                    throw new IllegalStateException("made for this trial");
                  }
                  return session;
                }),
            it -> it.limits(Limits.DEFAULT.withConnections(1)));
    Talker talker = trial.talker();
    for (int i = 1; i <= 3; i++) {
      int times = i;
      talker.send("hello");
      Await.until("it is told", Trial.LONG, () -> trial.witness().broken().size() == times);
    }
    opens.countDown();
    Await.until(
        "one is opened",
        Trial.LONG,
        () -> {
          talker.call("hello");
          return trial.witness().accepted() == 1;
        });
    Expect.equal("answer", "hello", talker.hear());
    Expect.equal("clients", 1, server.active());
  }

  private static void noSeat(Trial trial) throws Exception {
    Server server = trial.serve(echo(), it -> it.limits(Limits.DEFAULT.withConnections(2)));
    Talker one = trial.talker();
    Talker other = trial.talker();
    Expect.equal("answer", "one", one.ask("one"));
    Expect.equal("answer", "other", other.ask("other"));
    Talker third = trial.talker();
    third.send("third");
    Await.until("it is dropped", Trial.LONG, () -> server.dropped() == 1);
    Expect.equal("why", List.of(Drop.NO_SEAT), trial.witness().drops());
    Expect.equal("answer", "over", one.ask("over"));
    trial.witness().awaitClosed(1);
    Await.until("a seat is free", Trial.LONG, () -> server.active() == 1);
    Expect.equal("answer", "third", third.ask("third"));
    Expect.equal("answer", "still", other.ask("still"));
    Expect.equal("clients at once", 2, trial.witness().peak());
  }

  private static void queueFull(Trial trial) throws Exception {
    Limits limits = Dropping.roomForTwo(trial);
    Server server = trial.serve(echo(), it -> it.limits(limits.withQueue(1).withConnections(10)));
    Talker one = trial.talker();
    Expect.equal("answer", "one", one.ask("one"));
    Talker waits = trial.talker();
    Talker late = trial.talker();
    waits.send("waits");
    late.send("late");
    Await.until("one is dropped", Trial.LONG, () -> server.dropped() == 1);
    Expect.equal("why", List.of(Drop.QUEUE_FULL), trial.witness().drops());
    Expect.equal("answer", "over", one.ask("over"));
    Expect.equal("answer", "waits", waits.hear());
    Expect.equal("answer", "over", waits.ask("over"));
    trial.witness().awaitClosed(2);
    Expect.equal("answer", "late", late.ask("late"));
  }

  private static void waits(Trial trial) throws Exception {
    Server server = trial.serve(echo());
    Talker one = trial.talker();
    Expect.equal("answer", "one", one.ask("one"));
    Talker other = trial.talker();
    other.send("other");
    other.send("other");
    one.call("one");
    Await.until("what was said again is dropped", Trial.LONG, () -> server.dropped() == 2);
    Expect.equal("why", List.of(Drop.REPEATED, Drop.REPEATED), trial.witness().drops());
    Expect.equal("clients served", 1, server.active());
    Expect.equal("answer", "over", one.ask("over"));
    Expect.equal("answer", "other", other.hear());
    Expect.equal("answer", "over", other.ask("over"));
    trial.witness().awaitClosed(2);
    Expect.equal("sessions", 2, trial.witness().accepted());
  }

  private static void drain(Trial trial) throws Exception {
    Server server = trial.serve(new Blocks(Duration.ofMillis(250)));
    Talker talker = trial.talker();
    talker.send(Blocks.number(20));
    byte[] _ = talker.take();
    Drained drained =
        Delivering.drain(
            server,
            () -> {
              for (int block = 0; block < 20; block++) {
                talker.send(Blocks.number(block));
                if (block < 19) {
                  Blocks.await(talker, block + 1);
                }
              }
              trial.witness().awaitClosed(1);
            });
    Expect.equal("drained", new Drained(1, 0), drained);
    Expect.equal("why", List.of(Cause.Kind.FINISHED), trial.witness().causes());
  }

  private static void closedDoor(Trial trial) throws Exception {
    Server server = trial.serve(new Blocks(Duration.ofMillis(250)));
    Talker talker = trial.talker();
    talker.send(Blocks.number(2));
    byte[] _ = talker.take();
    Drained drained =
        Delivering.drain(
            server,
            () -> {
              talker.send(Blocks.number(0));
              Blocks.await(talker, 1);
              talker.send(Blocks.number(1));
              trial.witness().awaitClosed(1);
            });
    trial.talker(server.addresses().getFirst()).send(Blocks.number(2));
    Expect.equal("drained", new Drained(1, 0), drained);
    Expect.equal("sessions", 1, trial.witness().accepted());
  }

  private static void endless(Trial trial) throws Exception {
    Server server = trial.serve(new Blocks(Duration.ofMillis(50)));
    Talker talker = trial.talker();
    talker.send(Blocks.number(2));
    byte[] _ = talker.take();
    Expect.equal("drained", new Drained(0, 1), server.drain(Duration.ofMillis(100)));
    Expect.equal("why", List.of(Cause.Kind.CUT), trial.witness().awaitClosed(1));
  }

  private static void close(Trial trial) throws Exception {
    Server server = trial.serve(echo());
    Talker talker = trial.talker();
    Expect.equal("answer", "hello", talker.ask("hello"));
    server.close();
    server.await();
    Expect.equal("why", List.of(Cause.Kind.CUT), trial.witness().awaitClosed(1));
  }

  private static void hundred(Trial trial) throws Exception {
    trial.serve(echo(), it -> it.limits(Limits.DEFAULT.withConnections(2)));
    for (int i = 1; i <= 100; i++) {
      try (Talker talker = trial.talker()) {
        Expect.equal("answer", "over", talker.ask("over"));
        trial.witness().awaitClosed(i);
        Await.until("its seat is free", Trial.LONG, () -> trial.server().active() == 0);
      }
    }
    Expect.equal("drops", 0L, trial.server().dropped());
  }

  private static void misfits(Trial trial) throws Exception {
    Address udp = trial.udp().fresh();
    refused(
        Server.builder().model(trial.model()).listen(udp).serve(new Daytime()),
        udp
            + " takes datagrams and needs a DatagramHandler: listen(address, handler)"
            + "; daytime is spoken over streams");
    processes(trial);
    for (Address stream : List.of(trial.udp().stream(), Address.unix(Path.of("/tmp/x.sock")))) {
      refused(
          Server.builder().model(trial.model()).listen(stream, echo()),
          "lines is spoken in datagrams and needs a udp address; " + stream + " is one of streams");
    }
  }

  private static void processes(Trial trial) throws Exception {
    for (Model model : Model.all()) {
      if (model.processes() && model.obstacle().isEmpty()) {
        refused(
            Server.builder().model(model).listen(trial.udp().fresh(), echo()),
            "lines is a conversation in datagrams, which lives in one process; "
                + model.name()
                + " has several: choose another model");
      }
    }
  }

  private static void refused(Server.Builder builder, String message) {
    Expect.equal(
        "what is said",
        message,
        Expect.thrown("a misfit", IllegalStateException.class, builder::build).getMessage());
  }
}
