package usher.testkit.contract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import usher.server.Drained;
import usher.server.Model;
import usher.server.Server;
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
  static final int ROOM = 100;

  private Parting() {}

  static List<Behaviour> all() {
    return List.of(
        Behaviour.of("a sender may begin anew when its conversation is over", Parting::anew),
        Behaviour.of("a conversation whose sender has gone is told so", Parting::gone),
        Behaviour.of(
            "a conversation that falls silent ends, and gives its seat back", Parting::idle),
        Behaviour.of("what a session throws ends its conversation only", Parting::throwing)
            .needs(Capability.CONCURRENT_CLIENTS),
        Behaviour.of("a datagram that is too long begins no conversation", Declining::tooLong),
        Behaviour.of("a datagram that is too long harms no conversation", Declining::tooLongLater),
        Behaviour.of("an empty datagram begins no conversation, and harms none", Declining::empty),
        Behaviour.of("a session that writes more than a datagram holds fails", Parting::tooMuch),
        Behaviour.of("a session of datagrams cannot have what needs a stream", Parting::streams),
        Behaviour.of("a session of datagrams that waits for ever fails", Parting::forEver),
        Behaviour.of("a protocol that cannot open a session harms nobody", Declining::unopened),
        Behaviour.of("a conversation that finds no seat is not begun", Declining::noSeat)
            .needs(Capability.CONCURRENT_CLIENTS),
        Behaviour.of("a conversation that finds the queue full is not begun", Declining::queueFull)
            .notUnder(
                model -> !(model instanceof Model.ThreadPool || model instanceof Model.Iterative),
                "no conversation waits for a thread here"),
        Behaviour.of("who waits for his turn may call again", Declining::waits)
            .notUnder(
                model -> !(model instanceof Model.Iterative), "nobody waits for his turn here"),
        Behaviour.of("a drain lets conversations finish", Parting::drain),
        Behaviour.of("no conversation begins after a drain has begun", Parting::closedDoor),
        Behaviour.of("a drain cuts a conversation that does not end", Parting::endless),
        Behaviour.of("a close cuts conversations", Parting::close),
        Behaviour.of("a hundred conversations leave nothing behind", Parting::hundred),
        Behaviour.of("a protocol is served where its carriage fits", Declining::misfits));
  }

  static Lines echo() {
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

  static Protocol over(Protocol protocol, UnaryOperator<Session> made) {
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
}
