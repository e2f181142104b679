package usher.testkit.contract;

import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import usher.server.Address;
import usher.server.DatagramHandler;
import usher.server.Drained;
import usher.server.Model;
import usher.server.Probe.Drop;
import usher.server.Server;
import usher.service.Daytime;
import usher.testkit.Await;

/// Servers of datagrams begin and end: at real addresses, politely or at once, and they leave
/// nothing behind.
final class Delivering {
  private static final String NO_QUEUE = "no datagram waits for a thread here";

  private Delivering() {}

  static List<Behaviour> all() {
    return List.of(
        Behaviour.of("a server says where it really receives", Delivering::realAddress),
        Behaviour.of("several UDP addresses have their own handlers", Delivering::several),
        Behaviour.of("twenty servers of datagrams start and close at once", Delivering::twenty),
        Behaviour.of("a server of datagrams closes before and after its start", Delivering::early),
        Behaviour.of("a handler of a datagram may close its own server", Delivering::fromWithin),
        Behaviour.of("a server receives again where one has just ended", Delivering::again),
        Behaviour.of("a thousand failed binds to UDP ports leak nothing", Delivering::failedBinds),
        Behaviour.of("a UDP bind that fails gives the others back", Delivering::allOrNone),
        Behaviour.of("what does not fit an address is refused at once", Delivering::misfits),
        Behaviour.of("a drain waits for the datagram in hand", Delivering::inHand),
        Behaviour.of("a drain handles the datagrams that wait", Delivering::queued)
            .notUnder(model -> !hasQueue(model), NO_QUEUE),
        Behaviour.of("nothing is received after a drain has begun", Delivering::closedDoor),
        Behaviour.of("a drain cuts a handler of a datagram, and says so", Delivering::never),
        Behaviour.of("a close cuts a drain of datagrams short", Delivering::cutShort),
        Behaviour.of("a close cuts the datagram in hand", Delivering::close),
        Behaviour.of("a close forgets the datagrams that wait", Delivering::forgotten)
            .notUnder(model -> !hasQueue(model), NO_QUEUE));
  }

  private static boolean hasQueue(Model model) {
    return model instanceof Model.ThreadPool || model instanceof Model.EventLoopWorkers;
  }

  private static Address first(Server server) {
    return server.addresses().getFirst();
  }

  private static void realAddress(Trial trial) throws Exception {
    Address address = first(trial.serve(Posting.ECHO));
    if (!(address instanceof Address.Udp(_, int port))) {
      throw new AssertionError("no UDP address: " + address);
    }
    Expect.atLeast("port", 1, port);
    Expect.equal("the address as text and back", address, Address.parse(address.toString()));
    trial.answersOthers();
  }

  private static void several(Trial trial) throws Exception {
    Server.Builder builder = trial.describe(Posting.ECHO);
    builder.listen(trial.udp().fresh(), in -> in.reply(Posting.bytes("second")));
    builder.listen(trial.udp().fresh(), Posting.inline(in -> in.reply(Posting.bytes("third"))));
    Server server = trial.keep(builder.build()).start();
    List<String> expected = List.of("hello", "second", "third");
    for (int round = 0; round < 3; round++) {
      for (int i = 2; i >= 0; i--) {
        Caller caller = trial.caller(server.addresses().get(i));
        Expect.equal("answer at " + i, expected.get(i), caller.ask("hello"));
      }
    }
  }

  private static void twenty(Trial trial) throws Exception {
    List<Trial.Task> tasks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int number = i;
      Server server = trial.keep(trial.describe(Posting.ECHO).build());
      tasks.add(
          trial.start(
              () -> {
                server.start();
                try (Caller caller = trial.caller(first(server))) {
                  Expect.equal("answer", "" + number, caller.ask("" + number));
                }
                if (number % 2 == 0) {
                  server.close();
                } else {
                  Drained drained = server.drain(Trial.LONG);
                  Expect.equal("cut", 0, drained.cut());
                }
                server.await();
              }));
    }
    for (Trial.Task task : tasks) {
      task.join();
    }
  }

  private static void early(Trial trial) throws Exception {
    Server never = trial.keep(trial.describe(Posting.ECHO).build());
    never.close();
    Expect.thrown("a start after the end", IllegalStateException.class, never::start);
    for (int i = 0; i < 10; i++) {
      Server server = trial.serve(Posting.ECHO);
      server.close();
      server.close();
      server.await();
      Expect.equal("a drain after the end", new Drained(0, 0), server.drain(Trial.LONG));
    }
  }

  private static void fromWithin(Trial trial) throws Exception {
    List<Server> server = new ArrayList<>();
    server.add(
        trial.serve(
            in -> {
              server.getFirst().close();
              in.reply(in.bytes());
            }));
    trial.caller().send("close");
    server.getFirst().await();
    Await.until("its answer is dropped", Trial.LONG, () -> server.getFirst().dropped() == 1);
    Expect.equal("why", List.of(Drop.REPLY), trial.witness().drops());
    Expect.equal("failures", List.of(), trial.witness().failures());
  }

  private static void again(Trial trial) throws Exception {
    Server server = trial.serve(Posting.ECHO);
    Address address = first(server);
    for (int i = 0; i < 5; i++) {
      try (Caller caller = trial.caller(address)) {
        Expect.equal("answer", "hello", caller.ask("hello"));
      }
      server.close();
      Server next =
          Server.builder()
              .model(trial.model())
              .probe(trial.witness())
              .listen(address, Posting.ECHO)
              .build();
      server = trial.keep(next).start();
    }
  }

  private static void failedBinds(Trial trial) throws Exception {
    Address taken = first(trial.serve(Posting.ECHO));
    for (int i = 0; i < 1000; i++) {
      Server second = Server.builder().model(trial.model()).listen(taken, Posting.ECHO).build();
      IOException thrown = Expect.thrown("a second bind", IOException.class, second::start);
      String message = String.valueOf(thrown.getMessage());
      Expect.that("it names the address: " + message, message.contains(taken.toString()));
      second.close();
    }
    trial.answersOthers();
  }

  private static void allOrNone(Trial trial) throws Exception {
    Address taken = first(trial.serve(Posting.ECHO));
    Server server = trial.keep(trial.describe(Posting.ECHO).listen(taken, Posting.ECHO).build());
    Expect.thrown("a bind that fails", IOException.class, server::start);
    Expect.equal("addresses that were bound", 1, server.addresses().size());
    if (!(first(server) instanceof Address.Udp free)) {
      throw new AssertionError("no UDP address");
    }
    try (DatagramSocket socket = new DatagramSocket(free.socketAddress())) {
      Expect.that("it is free again", socket.isBound());
    }
  }

  private static void misfits(Trial trial) throws Exception {
    Address udp = trial.udp().fresh();
    for (Address stream : List.of(trial.udp().stream(), Address.unix(Path.of("/tmp/x.sock")))) {
      refused(
          trial.describe(Posting.ECHO).listen(stream, Posting.ECHO),
          "a DatagramHandler needs a udp address; "
              + stream
              + " is one of streams and needs a protocol");
    }
    String needy = udp + " takes datagrams and needs a DatagramHandler: listen(address, handler)";
    refused(Server.builder().model(trial.model()).listen(udp), needy);
    refused(
        Server.builder().model(trial.model()).listen(udp).serve(new Daytime()),
        needy + "; daytime is spoken over streams");
    refused(
        Server.builder().model(trial.model()).listen(udp, new Daytime()),
        needy + "; daytime is spoken over streams");
  }

  private static void refused(Server.Builder builder, String message) {
    Expect.equal(
        "what is said",
        message,
        Expect.thrown("a misfit", IllegalStateException.class, builder::build).getMessage());
  }

  /// Drains a server, and does this when the drain waits.
  static Drained drain(Server server, Expect.Code meanwhile) throws Exception {
    CompletableFuture<Drained> drained = new CompletableFuture<>();
    Thread draining =
        Thread.ofPlatform()
            .daemon()
            .name("contract-drain")
            .start(() -> drained.complete(server.drain(Trial.LONG)));
    Await.until(
        "the drain waits",
        Trial.LONG,
        () -> draining.getState() == Thread.State.TIMED_WAITING || drained.isDone());
    meanwhile.run();
    return drained.get(Trial.LONG.toSeconds(), TimeUnit.SECONDS);
  }

  private static void inHand(Trial trial) throws Exception {
    CountDownLatch running = trial.latch();
    CountDownLatch latch = trial.latch();
    Server server = trial.serve(Dropping.obedient(running, latch));
    Caller caller = trial.caller();
    Expect.equal("answer before", "hello", caller.ask("hello"));
    Await.until("it has left", Trial.LONG, () -> server.active() == 0);
    caller.send("block");
    Trial.await(running);
    Drained drained =
        drain(
            server,
            () -> {
              Expect.equal("served", 1, server.active());
              latch.countDown();
              Expect.equal("answer", "block", caller.hear());
            });
    Expect.equal("drained", new Drained(1, 0), drained);
    Expect.equal("drops", List.of(), trial.witness().drops());
  }

  private static void queued(Trial trial) throws Exception {
    CountDownLatch running = trial.latch();
    CountDownLatch latch = trial.latch();
    Server server = withOneQueued(trial, Dropping.obedient(running, latch), running);
    Caller caller = trial.caller();
    caller.send("block");
    Await.until("one more is dropped", Trial.LONG, () -> server.dropped() == 1);
    Expect.equal("drained", new Drained(2, 0), drain(server, latch::countDown));
    Expect.equal("drops", List.of(Drop.QUEUE_FULL), trial.witness().drops());
  }

  /// A server that has a datagram in hand, and one in its queue, which is full.
  private static Server withOneQueued(Trial trial, DatagramHandler handler, CountDownLatch running)
      throws Exception {
    var limits = Dropping.roomForTwo(trial);
    Server server = trial.serve(handler, it -> it.limits(limits));
    Caller caller = trial.caller();
    caller.send("block");
    Trial.await(running);
    caller.send("block");
    Await.until("both have come", Trial.LONG, () -> server.active() == 2);
    return server;
  }

  private static void closedDoor(Trial trial) throws Exception {
    CountDownLatch running = trial.latch();
    CountDownLatch latch = trial.latch();
    List<String> handled = Collections.synchronizedList(new ArrayList<>());
    DatagramHandler obedient = Dropping.obedient(running, latch);
    Server server =
        trial.serve(
            in -> {
              handled.add(Posting.text(in));
              obedient.handle(in);
            });
    Caller caller = trial.caller();
    caller.send("block");
    Trial.await(running);
    Drained drained =
        drain(
            server,
            () -> {
              caller.send("late");
              latch.countDown();
            });
    Expect.equal("drained", new Drained(1, 0), drained);
    Expect.equal("handled", List.of("block"), handled);
    Expect.equal("answer", "block", caller.hear());
  }

  private static void never(Trial trial) throws Exception {
    CountDownLatch running = trial.latch();
    CountDownLatch latch = trial.latch();
    Server server = trial.serve(Dropping.obedient(running, latch));
    trial.caller().send("block");
    Trial.await(running);
    Expect.equal("drained", new Drained(0, 1), server.drain(Duration.ofMillis(60)));
    latch.countDown();
    Await.until("its answer is dropped", Trial.LONG, () -> server.dropped() == 1);
    Expect.equal("why", List.of(Drop.REPLY), trial.witness().drops());
  }

  private static void cutShort(Trial trial) throws Exception {
    CountDownLatch running = trial.latch();
    Server server = trial.serve(Dropping.obedient(running, trial.latch()));
    trial.caller().send("block");
    Trial.await(running);
    Expect.equal("drained", new Drained(0, 1), drain(server, server::close));
    server.await();
  }

  private static void close(Trial trial) throws Exception {
    CountDownLatch running = trial.latch();
    CountDownLatch latch = trial.latch();
    Server server = trial.serve(Dropping.obedient(running, latch));
    trial.caller().send("block");
    Trial.await(running);
    server.close();
    server.await();
    latch.countDown();
    Await.until("its answer is dropped", Trial.LONG, () -> server.dropped() == 1);
    Expect.equal("why", List.of(Drop.REPLY), trial.witness().drops());
    Await.until("it has left", Trial.LONG, () -> server.active() == 0);
    Expect.equal("failures", List.of(), trial.witness().failures());
  }

  private static void forgotten(Trial trial) throws Exception {
    CountDownLatch running = trial.latch();
    CountDownLatch latch = trial.latch();
    List<String> handled = Collections.synchronizedList(new ArrayList<>());
    DatagramHandler obedient = Dropping.obedient(running, latch);
    Server server =
        withOneQueued(
            trial,
            in -> {
              handled.add(Posting.text(in));
              obedient.handle(in);
            },
            running);
    server.close();
    latch.countDown();
    Await.until("both have left", Trial.LONG, () -> server.active() == 0);
    Expect.equal("handled", List.of("block"), handled);
    Expect.equal(
        "why", List.of(Drop.CUT, Drop.REPLY), trial.witness().drops().stream().sorted().toList());
  }
}
