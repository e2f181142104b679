package usher.testkit.contract;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import usher.server.Address;
import usher.server.DatagramHandler;
import usher.server.Model;
import usher.server.Probe.Drop;
import usher.server.Server;
import usher.session.Capability;
import usher.session.Limits;
import usher.testkit.Await;

/// Handlers of datagrams that fail or block, and more datagrams than there is room for.
final class Dropping {
  private Dropping() {}

  static List<Behaviour> all() {
    return List.of(
        Behaviour.of("a handler of a datagram that throws harms nobody else", Dropping::throwing),
        Behaviour.of("a handler that interrupts its thread harms nobody", Dropping::interrupting),
        Behaviour.of("a handler of a datagram that blocks holds up nobody else", Dropping::blocking)
            .needs(Capability.BLOCKING_ALONE),
        Behaviour.of(
                "datagrams wait while a handler holds its loop, and it is told", Dropping::held)
            .notUnder(
                model -> !(model instanceof Model.EventLoop || model instanceof Model.EventLoops),
                "no handler that blocks runs on a loop here"),
        Behaviour.of("datagrams are handled one after the other", Dropping::inTurn)
            .notUnder(
                model -> !(model instanceof Model.Iterative), "several are handled at once here"),
        Behaviour.of("a flood beyond the queue is dropped and counted", Dropping::flood)
            .notUnder(
                model -> !Dropping.hasRoomOfItsOwn(model),
                "datagrams wait in the system's buffer here, which drops them unseen"),
        Behaviour.of("a datagram that finds no seat is dropped and counted", Dropping::noSeat)
            .notUnder(
                model -> model instanceof Model.Iterative,
                "the seat is the thread's own: datagrams wait in the system while it is taken"),
        Behaviour.of("a handler runs on a worker if it blocks", Dropping::workers)
            .notUnder(
                model -> !(model instanceof Model.EventLoopWorkers), "there are no workers here"),
        Behaviour.of("senders are spread over the loops", Dropping::spread)
            .notUnder(
                model -> !(model instanceof Model.EventLoops), "there are not several loops"));
  }

  /// Whether datagrams are handled elsewhere than where they are received.
  static boolean hasRoomOfItsOwn(Model model) {
    return model.capabilities().contains(Capability.BLOCKING_ALONE);
  }

  /// Has the server of a trial room for two datagrams: a thread and a place in the queue where
  /// there is a queue, two seats elsewhere.
  static Limits roomForTwo(Trial trial) {
    return switch (trial.model()) {
      case Model.ThreadPool _ -> {
        trial.model(new Model.ThreadPool(1));
        yield Limits.DEFAULT.withQueue(1);
      }
      case Model.EventLoopWorkers _ -> {
        trial.model(new Model.EventLoopWorkers(1));
        yield Limits.DEFAULT.withQueue(1);
      }
      default -> Limits.DEFAULT.withConnections(2);
    };
  }

  /// Waits for the latch if it is told `block`, then sends the datagram back.
  static DatagramHandler obedient(CountDownLatch running, CountDownLatch latch) {
    return in -> {
      if (Posting.text(in).equals("block")) {
        running.countDown();
        Trial.await(latch);
      }
      in.reply(in.bytes());
    };
  }

  private static void throwing(Trial trial) throws Exception {
    List<Throwable> made =
        List.of(
            new IllegalStateException("made for this trial"),
            new IOException("made for this trial"),
            new StackOverflowError("made for this trial"));
    DatagramHandler handler =
        in -> {
          String text = Posting.text(in);
          if (text.equals("hello")) {
            in.reply(in.bytes());
            return;
          }
          switch (made.get(Integer.parseInt(text))) {
            case Exception exception -> throw exception;
            case Throwable error -> throw (Error) error;
          }
        };
    trial.serve(handler);
    Server inline = trial.serve(Posting.inline(handler));
    for (Address address : List.of(trial.server().addresses().getFirst(), first(inline))) {
      Caller caller = trial.caller(address);
      for (int i = 0; i < made.size(); i++) {
        caller.send("" + i);
        Expect.equal("answer afterwards", "hello", caller.ask("hello"));
      }
    }
    Await.until("all are told", Trial.LONG, () -> trial.witness().failures().size() == 6);
    Expect.equal("what was told", Set.copyOf(made), Set.copyOf(trial.witness().failures()));
    Expect.equal("drops", List.of(), trial.witness().drops());
  }

  private static Address first(Server server) {
    return server.addresses().getFirst();
  }

  private static void interrupting(Trial trial) throws Exception {
    DatagramHandler handler =
        in -> {
          if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("the interrupt of another handler");
          }
          Thread.currentThread().interrupt();
          in.reply(in.bytes());
        };
    trial.serve(handler);
    Server inline = trial.serve(Posting.inline(handler));
    Caller other = trial.caller(first(inline));
    for (int i = 0; i < 5; i++) {
      trial.answersOthers();
      Expect.equal("answer", "" + i, other.ask("" + i));
    }
    Expect.equal("failures", List.of(), trial.witness().failures());
  }

  private static void blocking(Trial trial) throws Exception {
    CountDownLatch running = trial.latch();
    CountDownLatch latch = trial.latch();
    trial.serve(obedient(running, latch));
    Caller blocked = trial.caller();
    blocked.send("block");
    Trial.await(running);
    for (int i = 0; i < 3; i++) {
      trial.answersOthers();
    }
    Await.until("only one is served", Trial.LONG, () -> trial.server().active() == 1);
    latch.countDown();
    Expect.equal("answer", "block", blocked.hear());
  }

  private static void held(Trial trial) throws Exception {
    CountDownLatch running = trial.latch();
    CountDownLatch latch = trial.latch();
    trial.serve(obedient(running, latch));
    Caller blocked = trial.caller();
    blocked.send("block");
    Trial.await(running);
    List<Caller> others = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Caller other = trial.caller();
      other.send("hello");
      others.add(other);
    }
    latch.countDown();
    Expect.equal("answer", "block", blocked.hear());
    for (Caller other : others) {
      Expect.equal("answer", "hello", other.hear());
    }
    Await.until("all are told", Trial.LONG, () -> trial.witness().holds() == 11);
    Expect.equal("drops", List.of(), trial.witness().drops());
  }

  private static void inTurn(Trial trial) throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    DatagramHandler handler =
        in -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          in.reply(in.bytes());
          running.decrementAndGet();
        };
    Server.Builder builder = trial.describe(handler).listen(trial.udp().fresh(), handler);
    Server server = trial.keep(builder.build()).start();
    List<Caller> callers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Caller caller = trial.caller(server.addresses().get(i % 2));
      caller.send("" + i);
      callers.add(caller);
    }
    for (Caller caller : callers) {
      Expect.equal("answer", "" + callers.indexOf(caller), caller.hear());
    }
    Expect.equal("handlers at once", 1, most.get());
  }

  private static void flood(Trial trial) throws Exception {
    CountDownLatch running = trial.latch();
    CountDownLatch latch = trial.latch();
    Limits limits = roomForTwo(trial);
    boolean queue = limits.queue() == 1;
    trial.serve(obedient(running, latch), server -> server.limits(limits));
    Caller caller = trial.caller();
    // The second one waits as well, in the queue or in a thread of its own.
    caller.send("block");
    Trial.await(running);
    int many = 50;
    for (int i = 0; i < many; i++) {
      caller.send("block");
    }
    Await.until("all have come", Trial.LONG, () -> trial.server().dropped() == many - 1);
    Expect.equal("served", 2, trial.server().active());
    Expect.equal(
        "why", Set.of(queue ? Drop.QUEUE_FULL : Drop.NO_SEAT), Set.copyOf(trial.witness().drops()));
    Expect.equal("drops told", many - 1, trial.witness().drops().size());
    latch.countDown();
    Expect.equal("answer", "block", caller.hear());
    Expect.equal("answer", "block", caller.hear());
    Await.until("both have left", Trial.LONG, () -> trial.server().active() == 0);
    for (int i = 0; i < 3; i++) {
      trial.answersOthers();
      Await.until("it has left", Trial.LONG, () -> trial.server().active() == 0);
    }
    Expect.equal("datagrams told", 1 + many + 3, trial.witness().received());
    Expect.equal("drops counted", many - 1L, trial.server().dropped());
  }

  private static void noSeat(Trial trial) throws Exception {
    Server.Builder builder =
        trial
            .describe(Posting.ECHO)
            .listen(trial.udp().stream(), Lines.echo())
            .limits(Limits.DEFAULT.withConnections(1));
    Server server = trial.keep(builder.build()).start();
    if (!(server.addresses().getLast() instanceof Address.Tcp tcp)) {
      throw new AssertionError("no TCP address");
    }
    try (Client client = new Client(SocketChannel.open(tcp.socketAddress()))) {
      Expect.equal("answer over the stream", "hello", client.ask("hello"));
      trial.caller().send("hello");
      Await.until("it is dropped", Trial.LONG, () -> server.dropped() == 1);
    }
    Expect.equal("why", List.of(Drop.NO_SEAT), trial.witness().drops());
    Await.until("the seat is free", Trial.LONG, () -> server.active() == 0);
    trial.answersOthers();
  }

  private static void workers(Trial trial) throws Exception {
    DatagramHandler handler = in -> in.reply(Posting.bytes(Thread.currentThread().getName()));
    trial.serve(handler);
    Server inline = trial.serve(Posting.inline(handler));
    String worker = trial.caller().ask("who?");
    String loop = trial.caller(first(inline)).ask("who?");
    Expect.that("on a worker: " + worker, worker.startsWith("usher-worker-"));
    Expect.that("on the loop: " + loop, loop.startsWith("usher-event-loop-"));
  }

  private static void spread(Trial trial) throws Exception {
    Set<String> loops = ConcurrentHashMap.newKeySet();
    trial.serve(
        in -> {
          loops.add(Thread.currentThread().getName());
          in.reply(in.bytes());
        });
    // The kernel chooses by the sender's port: that all of these choose one loop is out of the
    // question.
    for (int i = 0; i < 64; i++) {
      trial.answersOthers();
    }
    Expect.equal("loops", 2, loops.size());
  }
}
