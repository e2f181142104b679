package usher.testkit.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import usher.server.Address;
import usher.server.DatagramHandler;
import usher.server.Inheritance;
import usher.server.Model;
import usher.server.Probe;
import usher.server.Processes;
import usher.server.Server;
import usher.server.Successor;
import usher.server.Supervisor;
import usher.session.Cause;
import usher.session.Limits;
import usher.session.Peer;
import usher.session.Step;
import usher.testkit.Await;
import usher.testkit.contract.Lines;

/// A program whose server has children: started by the tests as a process of its own, and again by
/// itself. It says on standard output what its probe sees, and obeys words on standard input.
///
/// Arguments: the model or `spare(LEAST,MOST)`, an address, and `recycle=`, `silence=` (ms),
/// `pause=` (ms), `most=`, `connections=`, `grace=` (ms, for silent clients of a drain), `fail`,
/// `hang`, `stall` or `quiet` as wanted.
final class Program {
  static final int LONGEST = 1_000;

  private static final List<Channel> MINE = new ArrayList<>();

  private Program() {}

  public static void main(String[] args) throws Exception {
    if (System.getProperty("usher.child") == null) {
      openForItself();
    }
    List<String> more = List.of(args).subList(2, args.length);
    if (more.contains("stall") && System.getProperty("usher.child") != null) {
      new CountDownLatch(1).await();
    }
    if (more.contains("fail") && System.getenv("USHER_READY") != null) {
      System.exit(9);
    }
    if (more.contains("hang")) {
      new CountDownLatch(1).await();
    }
    if (more.contains("stall") && System.getProperty("usher.child") != null) {
      new CountDownLatch(1).await();
    }
    if (more.contains("fail") && System.getProperty("usher.child") != null) {
      System.exit(9);
    }
    Processes ways =
        Processes.DEFAULT
            .withRecycleAfter(number(more, "recycle", 0))
            .withSilence(Duration.ofMillis(number(more, "silence", 30_000)))
            .withMost(number(more, "most", 64))
            .withPause(Duration.ofMillis(number(more, "pause", 30_000)));
    Limits limits = Limits.DEFAULT.withConnections(number(more, "connections", 1_000));
    Inheritance inheritance = Inheritance.received();
    Server.Builder builder =
        Server.builder()
            .model(model(args[0]))
            .processes(ways)
            .limits(limits)
            .probe(more.contains("quiet") ? Probe.NONE : new Teller())
            .inherit(inheritance);
    Address address = Address.parse(args[1]);
    Server server =
        (address instanceof Address.Udp
                ? builder.listen(address, datagrams().upTo(LONGEST))
                : builder
                    .serve(
                        protocol()
                            .whenDrained(Duration.ofMillis(number(more, "grace", 0)), () -> {}))
                    .listen(address))
            .start();
    say("listening " + server.addresses().getFirst());
    if (!inheritance.close().isEmpty()) {
      throw new IllegalStateException("sockets are left");
    }
    Supervisor.own().ready();
    obey(server);
    server.close();
  }

  /// What is no child's business, and stays open as long as the process lives.
  private static void openForItself() throws IOException {
    MINE.add(FileChannel.open(Path.of("/etc/hostname")));
    MINE.add(ServerSocketChannel.open().bind(null));
    MINE.add(Pipe.open().source());
  }

  private static Model model(String text) {
    if (text.startsWith("spare(")) {
      String[] both = text.substring(6, text.length() - 1).split(",", -1);
      return new Model.ProcessPerConnection(Integer.parseInt(both[0]), Integer.parseInt(both[1]));
    }
    return Model.named(text).orElseThrow(() -> new IllegalArgumentException(text));
  }

  private static int number(List<String> options, String name, int usual) {
    return options.stream()
        .filter(option -> option.startsWith(name + "="))
        .map(option -> Integer.parseInt(option.substring(name.length() + 1)))
        .findFirst()
        .orElse(usual);
  }

  private static void say(String line) {
    System.out.println(line);
  }

  private static void obey(Server server) throws Exception {
    BufferedReader words =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    int calms = 0;
    for (String word = words.readLine(); word != null; word = words.readLine()) {
      switch (word) {
        case String other when other.startsWith("switch ") -> {
          Model model = model(other.substring(7));
          server.switchTo(model);
          say("switched " + model.text());
        }
        case String other when other.startsWith("succeed") -> {
          List<String> changes = List.of(other.split(" ")).subList(1, other.split(" ").length);
          if (succeeded(server, changes)) {
            return;
          }
        }
        case "number" -> say("number " + ProcessHandle.current().pid());
        case "seated" -> say("seated " + server.seated());
        case "drain" -> say("drained " + server.drain(Duration.ofMinutes(1)));
        case "close" -> {
          server.close();
          say("closed");
        }
        case "dropped" -> say("dropped " + server.dropped());
        case "calm" -> {
          Await.until("nobody is served", Duration.ofMinutes(1), () -> server.active() == 0);
          say("calm " + ++calms);
        }
        case "active" -> say("active " + server.active());
        default -> throw new IllegalArgumentException(word);
      }
    }
  }

  /// Starts this program once more, with other options, to take over.
  private static boolean succeeded(Server server, List<String> changes) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of(ProcessHandle.current().info().arguments().orElseThrow()));
    line.removeAll(List.of("fail", "hang"));
    line.addAll(changes);
    Successor successor = Successor.start(line, List.of(server));
    if (!successor.awaitReady(Duration.ofSeconds(changes.contains("hang") ? 1 : 60))) {
      say("not succeeded " + successor.number());
      return false;
    }
    say("drained " + server.drain(Duration.ofMinutes(1)));
    say("succeeded " + successor.number());
    return true;
  }

  // ---- what is served

  private static Lines protocol() {
    CountDownLatch never = new CountDownLatch(1);
    return new Lines(
        line ->
            switch (line) {
              case "pid" -> List.of(Lines.say(String.valueOf(ProcessHandle.current().pid())));
              case "descriptors" -> List.of(Lines.call(Step.Kind.BLOCKING, Program::descriptors));
              case "exit" -> List.of(blocking(() -> System.exit(3)));
              case "throw" ->
                  List.of(
                      blocking(
                          () -> {
                            throw new IllegalStateException("thrown in the child");
                          }));
              case "hang" -> List.of(blocking(() -> await(never)));
              case String wait when wait.startsWith("wait ") ->
                  List.of(blocking(() -> awaitFile(Path.of(wait.substring(5)))));
              case "bye" -> List.of(Lines.say("bye"), Step.LINGER);
              default -> List.of(Lines.say(line));
            });
  }

  /// The same words in datagrams.
  private static DatagramHandler datagrams() {
    return in -> {
      String word = StandardCharsets.US_ASCII.decode(in.bytes()).toString();
      String answer =
          switch (word) {
            case "pid" -> String.valueOf(ProcessHandle.current().pid());
            case "throw" -> throw new IllegalStateException("thrown in the child");
            case String begin when begin.startsWith("begin ") -> {
              String[] both = begin.substring(6).split(" ", -1);
              Files.createFile(Path.of(both[0]));
              awaitFile(Path.of(both[1]));
              yield "done";
            }
            default -> word;
          };
      if (word.equals("exit")) {
        System.exit(3);
      }
      in.reply(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
    };
  }

  private static Step blocking(Runnable code) {
    return Lines.call(
        Step.Kind.BLOCKING,
        () -> {
          code.run();
          return "done";
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitFile(Path file) {
    Await.until("there is " + file, Duration.ofMinutes(1), () -> Files.exists(file));
    System.err.println("waited for " + file);
  }

  /// Number and target of each descriptor of this process.
  private static String descriptors() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.sorted().map(Program::target).collect(Collectors.joining(" "));
    }
  }

  private static String target(Path descriptor) {
    try {
      return descriptor.getFileName() + "=" + Files.readSymbolicLink(descriptor);
    } catch (IOException closed) {
      return "";
    }
  }

  /// What the probe sees, as lines.
  private static final class Teller implements Probe {
    @Override
    public void accepted(Peer peer) {
      say("accepted " + peer.remote());
    }

    @Override
    public void closed(Peer peer, Cause cause) {
      say("closed " + cause.kind());
    }

    @Override
    public void failed(Peer peer, Throwable thrown) {
      say("failed " + String.valueOf(thrown.getMessage()).lines().findFirst().orElse(""));
    }

    @Override
    public void received(Peer sender) {
      say("received " + sender.remote());
    }

    @Override
    public void dropped(Peer sender, Drop why) {
      say("thrown away " + why);
    }

    @Override
    public void broken(Throwable thrown) {
      say("broken " + thrown);
      thrown.printStackTrace();
    }
  }
}
