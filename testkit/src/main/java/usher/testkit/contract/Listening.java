package usher.testkit.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import usher.server.Address;
import usher.server.Drained;
import usher.server.Model;
import usher.server.Server;
import usher.service.Daytime;
import usher.session.Capability;
import usher.session.Opening;
import usher.session.Protocol;
import usher.session.Session;
import usher.session.Step;

/// Servers begin and end: at real addresses, all of them or none, and they leave nothing behind.
final class Listening {
  private static final String NO_FILE = "only Unix sockets have a file";
  private static final String BOUND_BEFORE =
      "a network in memory is bound before the server sees it";

  private Listening() {}

  static List<Behaviour> all() {
    return List.of(
        Behaviour.of("a server says where it really listens", Listening::realAddress),
        Behaviour.of("several listeners speak their own protocols", Listening::several),
        Behaviour.of("twenty servers start and close at once", Listening::twenty),
        Behaviour.of("a server may be closed right after its start", Listening::closeAtOnce),
        Behaviour.of("a server may be closed before its start", Listening::closeBefore),
        Behaviour.of("a handler may close its own server", Listening::closeFromWithin)
            .notUnder(Model::processes, "a handler is in another process than its server"),
        Behaviour.of("a server starts again where one has just ended", Listening::again)
            .notOver(transport -> transport == Transport.MEMORY, BOUND_BEFORE),
        Behaviour.of("a thousand failed binds leak nothing", Listening::failedBinds)
            .notOver(transport -> transport == Transport.MEMORY, BOUND_BEFORE),
        Behaviour.of("a bind that fails gives the other addresses back", Listening::allOrNone),
        Behaviour.of("what a protocol needs is checked before anything is bound", Listening::needs),
        Behaviour.of("the file of a dead Unix socket is replaced", Listening::stale)
            .notOver(Transport::hasNoFile, NO_FILE),
        Behaviour.of("a Unix socket that is served is left alone", Listening::alive)
            .notOver(Transport::hasNoFile, NO_FILE),
        Behaviour.of("a file that is no socket is left alone", Listening::noSocket)
            .notOver(Transport::hasNoFile, NO_FILE),
        Behaviour.of("the file of a Unix socket goes with its server", Listening::deleted)
            .notOver(Transport::hasNoFile, NO_FILE));
  }

  private static void realAddress(Trial trial) throws Exception {
    Server server = trial.serve(Lines.echo());
    Address address = server.addresses().getFirst();
    switch (address) {
      case Address.Tcp(_, int port) -> Expect.atLeast("port", 1, port);
      case Address.Udp(_, int port) -> Expect.atLeast("port", 1, port);
      case Address.Unix(Path path) ->
          Expect.that("a file is there", Files.exists(path, LinkOption.NOFOLLOW_LINKS));
    }
    Expect.equal("the address as text and back", address, Address.parse(address.toString()));
    trial.servesOthers();
  }

  private static void several(Trial trial) throws Exception {
    Server.Builder builder = trial.describe(Lines.echo());
    trial.listen(builder, new Daytime());
    trial.listen(builder, new Lines(line -> List.of(Lines.say(line + "!"))));
    Server server = trial.keep(builder.build()).start();
    Expect.equal("addresses", 3, server.addresses().size());
    for (int round = 0; round < 3; round++) {
      try (Client client = trial.client(server.addresses().get(2))) {
        Expect.equal("answer", "hello!", client.ask("hello"));
      }
      try (Client client = trial.client(server.addresses().get(1))) {
        Expect.that("a line in UTC", client.line().endsWith("-UTC\r"));
      }
      try (Client client = trial.client(server.addresses().get(0))) {
        Expect.equal("answer", "hello", client.ask("hello"));
      }
    }
  }

  private static void twenty(Trial trial) throws Exception {
    List<Trial.Task> tasks = new ArrayList<>();
    for (int i = 0; i < (trial.model().processes() ? 4 : 20); i++) {
      int number = i;
      Server server = trial.keep(trial.describe(Lines.echo()).build());
      tasks.add(
          trial.start(
              () -> {
                server.start();
                try (Client client = trial.client(server)) {
                  Expect.equal("answer", "" + number, client.ask("" + number));
                }
                if (number % 2 == 0) {
                  server.close();
                } else {
                  Drained _ = server.drain(Trial.LONG);
                }
                server.await();
              }));
    }
    for (Trial.Task task : tasks) {
      task.join();
    }
  }

  private static void closeAtOnce(Trial trial) throws Exception {
    for (int i = 0; i < (trial.model().processes() ? 3 : 10); i++) {
      Server server = trial.serve(Lines.echo());
      server.close();
      server.close();
      server.await();
      Expect.equal("a drain after the end", new Drained(0, 0), server.drain(Duration.ofDays(1)));
      trial.outside(() -> expectSilence(trial, server.addresses().getFirst()));
    }
  }

  private static void closeBefore(Trial trial) throws Exception {
    Server server = trial.keep(trial.describe(Lines.echo()).build());
    server.close();
    server.await();
    Expect.thrown("a start after the end", IllegalStateException.class, server::start);
    Server drained = trial.keep(trial.describe(Lines.echo()).build());
    Expect.equal("nothing to drain", new Drained(0, 0), drained.drain(Duration.ofDays(1)));
    Expect.thrown("a start after the end", IllegalStateException.class, drained::start);
    Server started = trial.serve(Lines.echo());
    Expect.thrown("a second start", IllegalStateException.class, started::start);
  }

  private static void closeFromWithin(Trial trial) throws Exception {
    List<Server> server = new ArrayList<>();
    server.add(
        trial.serve(
            new Lines(
                _ ->
                    List.of(
                        Lines.call(
                            Step.Kind.BLOCKING,
                            () -> {
                              server.getFirst().close();
                              return "closed";
                            })))));
    try (Client client = trial.client()) {
      client.send("close\n");
      client.expectGone();
    }
    server.getFirst().await();
  }

  private static void again(Trial trial) throws Exception {
    Server first = trial.serve(Lines.echo());
    Address address = first.addresses().getFirst();
    // A connection that the server ends first, so that the system remembers it for a while.
    trial.outside(
        () -> {
          try (Client client = trial.client()) {
            Expect.equal("answer", "hello", client.ask("hello"));
            first.close();
            client.expectGone();
          }
        });
    Server second = trial.keep(trial.bare(Lines.echo()).listen(address).build()).start();
    try (Client client = trial.client(second)) {
      Expect.equal("answer", "hello", client.ask("hello"));
    }
  }

  private static void failedBinds(Trial trial) throws Exception {
    Address taken = trial.serve(Lines.echo()).addresses().getFirst();
    // At a Unix socket each of them knocks, to see whether somebody is there.
    for (int i = 0; i < (trial.costly() ? 10 : 1000); i++) {
      Server second = trial.bare(Lines.echo()).listen(taken).build();
      IOException thrown = Expect.thrown("a second bind", IOException.class, second::start);
      String message = String.valueOf(thrown.getMessage());
      Expect.that("it names the address: " + message, message.contains(taken.toString()));
      second.close();
    }
    trial.servesOthers();
  }

  private static void allOrNone(Trial trial) throws Exception {
    try (ServerSocketChannel taken = ServerSocketChannel.open()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Address second = Address.tcp(((InetSocketAddress) taken.getLocalAddress()).getPort());
      Server server = trial.keep(trial.describe(Lines.echo()).listen(second).build());
      Expect.thrown("a bind that fails", IOException.class, server::start);
      for (Address address : server.addresses()) {
        expectSilence(trial, address);
      }
      Expect.thrown("a start after a failed one", IllegalStateException.class, server::start);
    }
  }

  private static void needs(Trial trial) throws Exception {
    for (Capability need : Capability.values()) {
      Protocol needy = needing(need);
      Server.Builder builder = trial.describe(needy);
      if (trial.model().capabilities().contains(need)) {
        trial.keep(builder.build());
        continue;
      }
      IllegalStateException thrown =
          Expect.thrown("a need without an offer", IllegalStateException.class, builder::build);
      String message = String.valueOf(thrown.getMessage());
      String uses = message.replaceAll(".*: use ", "");
      for (Model model : Model.all()) {
        boolean wouldDo = model.capabilities().contains(need);
        Expect.equal(
            model.name() + " is named by: " + message,
            wouldDo,
            List.of(uses.split(", ", -1)).contains(model.name()));
      }
    }
  }

  private static Protocol needing(Capability need) {
    Protocol lines = Lines.echo();
    return new Protocol() {
      @Override
      public String name() {
        return "needy";
      }

      @Override
      public Session open(Opening opening) {
        return lines.open(opening);
      }

      @Override
      public Set<Capability> needs() {
        return Set.of(need);
      }
    };
  }

  private static void stale(Trial trial) throws Exception {
    Path path = fresh(trial);
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(path));
    }
    Expect.that("a file is left", Files.exists(path, LinkOption.NOFOLLOW_LINKS));
    Server server = trial.keep(trial.bare(Lines.echo()).listen(Address.unix(path)).build()).start();
    try (Client client = trial.client(server)) {
      Expect.equal("answer", "hello", client.ask("hello"));
    }
  }

  private static void alive(Trial trial) throws Exception {
    Server first = trial.serve(Lines.echo());
    Server second = trial.bare(Lines.echo()).listen(first.addresses().getFirst()).build();
    Expect.thrown("a second bind", IOException.class, second::start);
    second.close();
    trial.servesOthers();
  }

  private static void noSocket(Trial trial) throws Exception {
    Path path = fresh(trial);
    Files.writeString(path, "precious");
    Server server = trial.bare(Lines.echo()).listen(Address.unix(path)).build();
    Expect.thrown("a bind over a file", IOException.class, server::start);
    server.close();
    Expect.equal("the file", "precious", Files.readString(path));
  }

  private static void deleted(Trial trial) throws Exception {
    Server server = trial.serve(Lines.echo());
    if (!(server.addresses().getFirst() instanceof Address.Unix(Path path))) {
      throw new AssertionError("no Unix socket");
    }
    Expect.that("a file is there", Files.exists(path, LinkOption.NOFOLLOW_LINKS));
    server.close();
    Expect.that("the file is gone", !Files.exists(path, LinkOption.NOFOLLOW_LINKS));
  }

  private static Path fresh(Trial trial) {
    if (trial.site() instanceof UnixSite unix) {
      return unix.fresh();
    }
    throw new AssertionError("no site of Unix sockets");
  }

  /// Nobody serves there: a client is refused, or left alone.
  private static void expectSilence(Trial trial, Address address) {
    try (Client client = trial.client(address)) {
      client.expectGone();
    } catch (IOException refused) {
      // As it should be.
    }
  }
}
