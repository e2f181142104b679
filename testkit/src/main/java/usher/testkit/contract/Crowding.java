package usher.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import usher.server.Model;
import usher.server.Server;
import usher.session.Capability;
import usher.session.Cause;
import usher.session.Limits;
import usher.session.Step;
import usher.testkit.Await;
import usher.testkit.Leaks;
import usher.testkit.memory.MemoryNetwork;

/// More clients than there is room for: they wait, or are told so, and whoever leaves makes room.
final class Crowding {
  private Crowding() {}

  static List<Behaviour> all() {
    return List.of(
        Behaviour.of("a client beyond the limit waits until another one leaves", Crowding::oneMore)
            .needs(Capability.CONCURRENT_CLIENTS),
        Behaviour.of("clients are served one after the other, as they came", Crowding::inOrder)
            .notUnder(
                model -> !(model instanceof Model.Iterative), "several clients are served at once"),
        Behaviour.of("a seat is given back however its client leaves", Crowding::seats),
        Behaviour.of("one seat serves several listeners", Crowding::oneSeat)
            .notUnder(Model::processes, "each address has processes, and so seats, of its own"),
        Behaviour.of("a client that finds the queue full is told that we are busy", Crowding::busy)
            .notUnder(
                model -> !(model instanceof Model.ThreadPool), "no client waits for a thread here"),
        Behaviour.of("a client that is told that we are busy need not listen", Crowding::deaf)
            .notUnder(
                model -> !(model instanceof Model.ThreadPool), "no client waits for a thread here"),
        Behaviour.of("a call that finds the queue full is answered so", Crowding::busyCall)
            .notUnder(
                model -> !(model instanceof Model.EventLoopWorkers),
                "no call waits for a thread here"),
        Behaviour.of("threads that have served do not pile up", Crowding::threads)
            .notUnder(Model::processes, "looks at threads, which are in other processes"),
        Behaviour.of("a server that runs out of descriptors serves again", Starving::run)
            .notUnder(
                model -> model instanceof Model.Iterative,
                "one client at a time leaves descriptors to spare")
            .notUnder(
                model -> model instanceof Model.ProcessPerConnection,
                "one client for each process leaves descriptors to spare")
            .notOver(
                transport -> transport == Transport.MEMORY, "channels in memory have no descriptor")
            .notOver(
                transport -> transport == Transport.TCP6,
                "the same as over tcp4, and each trial needs a process of its own"),
        Behaviour.of("an accept that fails is tried again", Crowding::failingAccepts)
            .notOver(
                transport -> transport != Transport.MEMORY,
                "accepts fail on demand in memory only"));
  }

  private static void oneMore(Trial trial) throws Exception {
    Server server = trial.serve(Lines.echo(), it -> it.limits(Limits.DEFAULT.withConnections(2)));
    Client first = trial.client();
    Client second = trial.client();
    Expect.equal("answer", "1", first.ask("1"));
    Expect.equal("answer", "2", second.ask("2"));
    Client third = trial.client();
    third.send("3\n");
    for (int i = 0; i < 10; i++) {
      Expect.equal("answer", "again", first.ask("again"));
      // What another process says takes a moment to be heard.
      Await.until("two clients are served", Trial.LONG, () -> server.active() == 2);
    }
    first.close();
    Expect.equal("answer", "3", third.line());
    second.close();
    third.close();
    trial.witness().awaitClosed(3);
    Expect.equal("clients at once", 2, trial.witness().peak());
  }

  private static void inOrder(Trial trial) throws Exception {
    Server server = trial.serve(Lines.echo());
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Client client = trial.client();
      client.send(i + "\n");
      clients.add(client);
    }
    for (Client client : clients) {
      Expect.equal("answer", "" + clients.indexOf(client), client.line());
      Expect.equal("clients served", 1, server.active());
      client.close();
    }
    trial.witness().awaitClosed(5);
    Expect.equal("clients at once", 1, trial.witness().peak());
  }

  private static void seats(Trial trial) throws Exception {
    trial.serve(
        new Lines(
            line ->
                switch (line) {
                  case "abort" -> List.of(Step.ABORT);
                  case "throw" -> throw new IllegalStateException("made for this trial");
                  case "close" -> List.of(Step.LINGER);
                  default -> List.of(Lines.say(line));
                }),
        server -> server.limits(Limits.DEFAULT.withConnections(1)));
    for (int i = 0; i < (trial.costly() ? 6 : 24); i++) {
      try (Client client = trial.client()) {
        switch (i % 6) {
          case 0 -> client.send("abort\n");
          case 1 -> client.send("throw\n");
          case 2 -> client.send("close\n");
          case 3 -> client.send("half");
          case 4 -> client.reset();
          default -> client.end();
        }
      }
    }
    trial.servesOthers();
    trial.servesOthers();
  }

  private static void oneSeat(Trial trial) throws Exception {
    Server.Builder builder = trial.describe(Lines.echo()).limits(Limits.DEFAULT.withConnections(1));
    trial.listen(builder, Lines.echo());
    Server server = trial.keep(builder.build()).start();
    for (int round = 0; round < 3; round++) {
      for (int i = 1; i >= 0; i--) {
        try (Client client = trial.client(server.addresses().get(i))) {
          Expect.equal("answer at " + i, "hello", client.ask("hello"));
        }
      }
    }
    // Now they wait for the seat at both doors.
    Client seated = trial.client(server.addresses().get(0));
    Expect.equal("answer", "hello", seated.ask("hello"));
    Client first = trial.client(server.addresses().get(0));
    first.send("first\n");
    Client second = trial.client(server.addresses().get(1));
    second.send("second\n");
    Expect.equal("answer", "again", seated.ask("again"));
    seated.close();
    Trial.Task served =
        trial.start(
            () -> {
              Expect.equal("answer", "first", first.line());
              first.close();
            });
    Expect.equal("answer", "second", second.line());
    second.close();
    served.join();
    trial.witness().awaitClosed(9);
    Expect.equal("clients at once", 1, trial.witness().peak());
  }

  private static void busy(Trial trial) throws Exception {
    trial.model(new Model.ThreadPool(1));
    trial.serve(Lines.echo(), server -> server.limits(Limits.DEFAULT.withQueue(1)));
    Client served = trial.client();
    Expect.equal("answer", "1", served.ask("1"));
    Client queued = trial.client();
    queued.send("2\n");
    List<Client> refused = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Client client = trial.client();
      client.send("unheard\n");
      refused.add(client);
    }
    for (Client client : refused) {
      Expect.equal("told", "busy", client.line());
      client.expectEnd();
      client.close();
    }
    Expect.equal("refusals told", 5, trial.witness().refusals());
    Expect.equal("clients served", 1, trial.server().active());
    served.close();
    Expect.equal("answer after the wait", "2", queued.line());
    queued.close();
    trial.witness().awaitClosed(2);
  }

  private static void deaf(Trial trial) throws Exception {
    trial.model(new Model.ThreadPool(1));
    trial.serve(
        Lines.echo(),
        server ->
            server
                .limits(Limits.DEFAULT.withQueue(1).withConnections(10))
                .timeouts(Waiting.LINGER));
    Client served = trial.client();
    Expect.equal("answer", "1", served.ask("1"));
    Client queued = trial.client();
    queued.send("2\n");
    // More than there are seats, and none of them hangs up.
    for (int i = 0; i < 20; i++) {
      Client client = trial.client();
      Expect.equal("told", "busy", client.line());
    }
    served.close();
    Expect.equal("answer after the wait", "2", queued.line());
  }

  private static void busyCall(Trial trial) throws Exception {
    trial.model(new Model.EventLoopWorkers(1));
    CountDownLatch running = trial.latch();
    CountDownLatch latch = trial.latch();
    trial.serve(
        new Lines(
            line ->
                List.of(
                    Lines.call(
                        Step.Kind.BLOCKING,
                        () -> {
                          running.countDown();
                          Trial.await(latch);
                          return line;
                        }))),
        server -> server.limits(Limits.DEFAULT.withQueue(1)));
    Client first = trial.client();
    first.send("1\n");
    Trial.await(running);
    Client second = trial.client();
    Client third = trial.client();
    second.send("2\n");
    third.send("3\n");
    // One of the two waits, the other one is told.
    Await.until("a refusal", Trial.LONG, () -> trial.witness().refusals() == 1);
    latch.countDown();
    Expect.equal("answer", "1", first.line());
    List<String> answers = List.of(second.line(), third.line());
    Expect.that("busy and served: " + answers, answers.contains("busy"));
    Expect.that("busy and served: " + answers, answers.contains("2") != answers.contains("3"));
    Expect.equal("answer afterwards", "4", first.ask("4"));
  }

  private static void threads(Trial trial) throws Exception {
    trial.serve(Lines.echo());
    int some = 30;
    int before = 0;
    for (int i = 0; i < 5 * some; i++) {
      trial.servesOthers();
      if (i == some) {
        trial.witness().awaitClosed(i + 1);
        before = named().size();
      }
    }
    trial.witness().awaitClosed(5 * some);
    // Three other trials run beside this one, and each has a few threads that come and go.
    int most = before + some;
    Await.until("at most " + most + " threads", Trial.LONG, () -> named().size() <= most);
  }

  private static List<Thread> named() {
    return Leaks.threads("usher-");
  }

  private static void failingAccepts(Trial trial) throws Exception {
    MemoryNetwork network = new MemoryNetwork();
    MemorySite site = new MemorySite(network);
    Server.Builder builder = trial.bare(Lines.echo());
    site.listen(builder, null);
    Server server = trial.keep(builder.build()).start();
    for (int round = 0; round < 2; round++) {
      network.failAccepts(2);
      try (Client client = new Client(site.connect(server.addresses().getFirst()))) {
        Expect.equal("answer", "hello", client.ask("hello"));
      }
      trial.witness().awaitClosed(round + 1);
    }
    Expect.equal("failed accepts told", 4, trial.witness().acceptsFailed());
    Expect.equal(
        "ends", List.of(Cause.Kind.FINISHED, Cause.Kind.FINISHED), trial.witness().causes());
    Await.until("the seats are free", Trial.LONG, () -> server.active() == 0);
  }
}
