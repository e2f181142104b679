package usher.testkit.contract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import usher.server.Server;
import usher.service.Daytime;
import usher.service.Echo;
import usher.session.Capability;
import usher.session.Cause;
import usher.session.Step;
import usher.testkit.Await;
import usher.testkit.memory.Cut;
import usher.testkit.memory.Faults;
import usher.testkit.memory.MemoryNetwork;

/// Bytes go both ways, whole and in order, however they are cut.
final class Talking {
  private static final int LARGE = 3 << 20;

  private static final String IN_MEMORY = "faults are made in memory only";

  private Talking() {}

  static List<Behaviour> all() {
    return List.of(
        Behaviour.of("an echo comes back whole", Talking::echo),
        Behaviour.of("a server may speak first", Talking::speaksFirst),
        Behaviour.of("requests sent together are answered in order", Talking::pipelining),
        Behaviour.of("a request may come one byte at a time", Talking::byteByByte),
        Behaviour.of("clients in a row each get their answer", Talking::inARow),
        Behaviour.of("clients at once each get their own answers", Talking::atOnce)
            .needs(Capability.CONCURRENT_CLIENTS),
        Behaviour.of("clients at once that ask much get no answer of another", Talking::noMixing)
            .needs(Capability.CONCURRENT_CLIENTS),
        Behaviour.of("megabytes go both ways at once", Talking::bothWays),
        Behaviour.of("megabytes in one step are sent whole", Talking::oneStep),
        Behaviour.of("short reads and writes change nothing", Talking::shortMoves)
            .notOver(transport -> transport != Transport.MEMORY, IN_MEMORY),
        Behaviour.of("a reset after any number of bytes harms nobody else", Talking::resets)
            .notOver(transport -> transport != Transport.MEMORY, IN_MEMORY));
  }

  private static void echo(Trial trial) throws Exception {
    trial.serve(new Echo());
    try (Client client = trial.client()) {
      client.send("hello");
      Expect.equal("echo", "hello", new String(client.take(5), StandardCharsets.US_ASCII));
      client.end();
      client.expectEnd();
    }
    Expect.equal("ends", List.of(Cause.Kind.FINISHED), trial.witness().awaitClosed(1));
  }

  private static void speaksFirst(Trial trial) throws Exception {
    trial.serve(new Daytime());
    try (Client client = trial.client()) {
      Expect.that("a line in UTC", client.line().endsWith("-UTC\r"));
      client.expectEnd();
    }
  }

  private static void pipelining(Trial trial) throws Exception {
    trial.serve(Lines.echo());
    // More than the steps of one turn, more than one buffer.
    List<String> lines = IntStream.range(0, 20_000).mapToObj(i -> "line " + i).toList();
    try (Client client = trial.client()) {
      Trial.Task sender =
          trial.start(
              () -> client.send(lines.stream().collect(Collectors.joining("\n", "", "\n"))));
      for (String line : lines) {
        Expect.equal("answer", line, client.line());
      }
      sender.join();
    }
  }

  private static void byteByByte(Trial trial) throws Exception {
    trial.serve(Lines.echo());
    try (Client client = trial.client()) {
      for (String line : List.of("one", "", "a longer line")) {
        client.drip(line + "\n");
        Expect.equal("answer", line, client.line());
      }
    }
  }

  private static void inARow(Trial trial) throws Exception {
    trial.serve(Lines.echo());
    int some = trial.costly() ? 10 : 50;
    for (int i = 0; i < some; i++) {
      try (Client client = trial.client()) {
        Expect.equal("answer", "client " + i, client.ask("client " + i));
      }
    }
    trial.witness().awaitClosed(some);
  }

  private static void atOnce(Trial trial) throws Exception {
    trial.serve(Lines.echo());
    List<Client> clients = List.of(trial.client(), trial.client(), trial.client(), trial.client());
    for (int round = 0; round < 20; round++) {
      for (Client client : clients) {
        client.send("round " + round + " of " + clients.indexOf(client) + "\n");
      }
      for (Client client : clients) {
        Expect.equal("answer", "round " + round + " of " + clients.indexOf(client), client.line());
      }
    }
    // What another process says takes a moment to be heard.
    Await.until("there were four at once", Trial.LONG, () -> trial.witness().peak() == 4);
  }

  private static void bothWays(Trial trial) throws Exception {
    trial.serve(new Echo());
    byte[] bytes = new byte[LARGE];
    new Random(LARGE).nextBytes(bytes);
    try (Client client = trial.client()) {
      Trial.Task sender =
          trial.start(
              () -> {
                client.send(bytes);
                client.end();
              });
      Expect.that("all bytes come back", Arrays.equals(bytes, client.rest()));
      sender.join();
    }
  }

  private static void noMixing(Trial trial) throws Exception {
    trial.serve(Lines.echo());
    // More lines at once than one turn of a loop takes, from each of them.
    int rounds = 1000;
    List<Trial.Task> tasks = new ArrayList<>();
    for (String name : List.of("anna", "bert", "carl", "dora")) {
      Client client = trial.client();
      tasks.add(
          trial.start(
              () -> {
                for (int batch = 0; batch < 4; batch++) {
                  client.send((name + "\n").repeat(rounds));
                  for (int i = 0; i < rounds; i++) {
                    Expect.equal("answer", name, client.line());
                  }
                }
                client.close();
              }));
    }
    for (Trial.Task task : tasks) {
      task.join();
    }
  }

  private static void oneStep(Trial trial) throws Exception {
    byte[] bytes = new byte[LARGE];
    new Random(LARGE).nextBytes(bytes);
    trial.serve(
        new Lines(_ -> List.of(new Step.Write(ByteBuffer.wrap(bytes.clone())), Step.LINGER)));
    try (Client client = trial.client()) {
      client.send("go\n");
      Expect.that("all bytes, in order", Arrays.equals(bytes, client.rest()));
    }
  }

  private static void shortMoves(Trial trial) throws Exception {
    for (int seed = 0; seed < 4; seed++) {
      Faults faults = Faults.NONE.withReads(Cut.random(7)).withWrites(Cut.random(5)).withSeed(seed);
      MemorySite site = new MemorySite(new MemoryNetwork(1000, faults, faults));
      Server.Builder builder = trial.bare(Lines.echo());
      site.listen(builder, null);
      Server server = trial.keep(builder.build()).start();
      List<String> lines = IntStream.range(0, 500).mapToObj(i -> "line " + i).toList();
      try (Client client = trial.hold(new Client(site.connect(server.addresses().getFirst())))) {
        Trial.Task sender =
            trial.start(
                () -> client.send(lines.stream().collect(Collectors.joining("\n", "", "\n"))));
        for (String line : lines) {
          Expect.equal("answer with seed " + seed, line, client.line());
        }
        sender.join();
      }
    }
  }

  private static void resets(Trial trial) throws Exception {
    int most = 40;
    // One server for each network; a network has the same faults for all of its connections.
    trial.serve(Lines.echo());
    for (int count = 0; count < most; count++) {
      Faults faults =
          count % 2 == 0
              ? Faults.NONE.withResetAfterReceived(count / 2)
              : Faults.NONE.withResetAfterSent(count / 2);
      MemorySite site = new MemorySite(new MemoryNetwork(1000, faults, Faults.NONE));
      Server.Builder builder = trial.bare(Lines.echo());
      site.listen(builder, null);
      Server server = trial.keep(builder.build()).start();
      try (Client client = trial.hold(new Client(site.connect(server.addresses().getFirst())))) {
        client.send("one\ntwo\nthree\nfour\nfive\nsix\n");
        client.expectReset();
      } catch (IOException reset) {
        // Before the client could ask at all.
      }
      Await.until("the client is served no more", Trial.LONG, () -> server.active() == 0);
    }
    trial.servesOthers();
    Expect.equal("failures of ours", List.of(), trial.witness().failures());
  }
}
