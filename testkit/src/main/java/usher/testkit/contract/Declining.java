package usher.testkit.contract;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import usher.server.Address;
import usher.server.Model;
import usher.server.Probe.Drop;
import usher.server.Server;
import usher.service.Daytime;
import usher.session.Limits;
import usher.testkit.Await;

/// Conversations in datagrams that do not begin, or not yet, and datagrams that are no part of one.
final class Declining {
  private Declining() {}

  static void tooLong(Trial trial) throws Exception {
    trial.serve(Parting.echo());
    Talker talker = trial.talker();
    talker.send("x".repeat(Parting.ROOM));
    talker.send(new byte[trial.udp().most()]);
    Expect.equal("answer", "x".repeat(Parting.ROOM - 1), talker.ask("x".repeat(Parting.ROOM - 1)));
    Expect.equal("drops", List.of(Drop.TOO_LONG, Drop.TOO_LONG), trial.witness().drops());
    Expect.equal("drops counted", 2L, trial.server().dropped());
    Expect.equal("sessions", 1, trial.witness().accepted());
  }

  static void tooLongLater(Trial trial) throws Exception {
    trial.serve(Parting.echo());
    Talker talker = trial.talker();
    Expect.equal("answer", "hello", talker.ask("hello"));
    talker.send("x".repeat(Parting.ROOM));
    talker.send(new byte[trial.udp().most()]);
    Expect.equal("answer", "x".repeat(Parting.ROOM - 1), talker.ask("x".repeat(Parting.ROOM - 1)));
    Expect.equal("drops", List.of(Drop.TOO_LONG, Drop.TOO_LONG), trial.witness().drops());
    Expect.equal("drops counted", 2L, trial.server().dropped());
  }

  static void empty(Trial trial) throws Exception {
    trial.serve(Parting.echo());
    Talker talker = trial.talker();
    talker.send(new byte[0]);
    Expect.equal("answer", "hello", talker.ask("hello"));
    Expect.equal("drops", List.of(Drop.EMPTY), trial.witness().drops());
    talker.send(new byte[0]);
    talker.send(new byte[0]);
    Expect.equal("answer", "more", talker.ask("more"));
    Expect.equal("sessions", 1, trial.witness().accepted());
  }

  static void unopened(Trial trial) throws Exception {
    trial.mayBreak();
    CountDownLatch opens = trial.latch();
    Server server =
        trial.serve(
            Parting.over(
                Parting.echo(),
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

  static void noSeat(Trial trial) throws Exception {
    Server server = trial.serve(Parting.echo(), it -> it.limits(Limits.DEFAULT.withConnections(2)));
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

  static void queueFull(Trial trial) throws Exception {
    Limits limits = Dropping.roomForTwo(trial);
    Server server =
        trial.serve(Parting.echo(), it -> it.limits(limits.withQueue(1).withConnections(10)));
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

  static void waits(Trial trial) throws Exception {
    Server server = trial.serve(Parting.echo());
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

  static void misfits(Trial trial) throws Exception {
    Address udp = trial.udp().fresh();
    refused(
        Server.builder().model(trial.model()).listen(udp).serve(new Daytime()),
        udp
            + " takes datagrams and needs a DatagramHandler: listen(address, handler)"
            + "; daytime is spoken over streams");
    processes(trial);
    for (Address stream : List.of(trial.udp().stream(), Address.unix(Path.of("/tmp/x.sock")))) {
      refused(
          Server.builder().model(trial.model()).listen(stream, Parting.echo()),
          "lines is spoken in datagrams and needs a udp address; " + stream + " is one of streams");
    }
  }

  private static void processes(Trial trial) throws Exception {
    for (Model model : Model.all()) {
      if (model.processes() && model.obstacle().isEmpty()) {
        refused(
            Server.builder().model(model).listen(trial.udp().fresh(), Parting.echo()),
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
