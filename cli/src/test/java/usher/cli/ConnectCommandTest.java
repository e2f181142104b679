package usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import usher.testkit.Await;
import usher.testkit.Gen;
import usher.testkit.Relay;

/// `usher connect` at a terminal, key by key.
@Timeout(180)
final class ConnectCommandTest {
  private static final String PROMPT = "files> ";
  private static final String CTRL_C = "\u0003";
  private static final int LARGE = 3 << 20;

  private final Path library;
  private final Path here;
  private final Path socket;

  ConnectCommandTest(@TempDir Path top) throws IOException {
    this.library = Files.createDirectory(top.resolve("library"));
    this.here = Files.createDirectory(top.resolve("here"));
    this.socket = top.resolve("s");
  }

  @BeforeEach
  void some_files_are_there() throws IOException {
    Assumptions.assumeTrue(Pty.possible(), "there is no script (util-linux) to make a terminal");
    Files.writeString(library.resolve("a.txt"), "of a");
    Files.write(library.resolve("large.bin"), new Gen(1).bytes(LARGE, LARGE));
  }

  private Child serve(String listen) throws IOException {
    return Child.start(
        "files", library.toString(), "--writable", "--listen", listen, "--no-control");
  }

  private Child onSocket() throws Exception {
    Child server = serve("unix:" + socket);
    server.err("  stop ");
    return server;
  }

  @Test
  void lists_fetches_sends_and_leaves() throws Exception {
    Files.writeString(here.resolve("c.txt"), "of c");
    try (Child _ = onSocket();
        Pty prompt = Pty.start(here, "connect", "unix:" + socket)) {
      prompt.see("connected to unix:" + socket);
      prompt.see("list [PATTERN...] [by size|time]");
      prompt.see("quit");
      prompt.see(PROMPT);
      prompt.type("list\r").see("a.txt");
      prompt.see("large.bin");
      prompt.see("2 files");
      prompt.see(PROMPT);
      prompt.type("get a.txt\r").see("a.txt is here");
      assertThat(here.resolve("a.txt")).hasContent("of a");
      prompt.see(PROMPT);
      prompt.type("put c.txt\r").see("c.txt is there");
      assertThat(library.resolve("c.txt")).hasContent("of c");
      prompt.see(PROMPT);
      prompt.type("get none\r").see("there is no none on the server");
      prompt.see(PROMPT);
      prompt.type("fetch\r").see("there is no command fetch");
      prompt.see(PROMPT);
      prompt.type("help\r").see("put FILE...");
      prompt.see(PROMPT);
      prompt.type("quit\r");
      assertThat(prompt.exitCode()).isZero();
    }
  }

  @Test
  void completes_commands_and_names_there_and_here() throws Exception {
    Files.writeString(here.resolve("only-here"), "of here");
    try (Child _ = onSocket();
        Pty prompt = Pty.start(here, "connect", "unix:" + socket)) {
      prompt.see(PROMPT);
      prompt.type("li\t").see("list ");
      prompt.type("\r").see("2 files");
      prompt.see(PROMPT);
      prompt.type("get la\t").see("large.bin");
      prompt.type("\r").see("large.bin is here");
      assertThat(here.resolve("large.bin")).hasSameBinaryContentAs(library.resolve("large.bin"));
      prompt.see(PROMPT);
      prompt.type("put on\t").see("only-here");
      prompt.type("\r").see("only-here is there");
      prompt.see(PROMPT);
      // The end of the input.
      prompt.type("\u0004");
      assertThat(prompt.exitCode()).isZero();
    }
  }

  @Test
  void interrupted_it_ends_the_transfer_and_goes_on() throws Exception {
    try (Child server = serve("tcp:127.0.0.1:0");
        Relay relay =
            new Relay(
                new InetSocketAddress(
                    InetAddress.getLoopbackAddress(),
                    Integer.parseInt(server.err("  tcp:127.0.0.1:"))))) {
      relay.stallNext(Relay.Way.DOWN, LARGE / 2);
      interrupt(relay);
    }
  }

  private void interrupt(Relay relay) throws Exception {
    try (Pty prompt = Pty.start(here, "connect", "127.0.0.1:" + relay.port())) {
      prompt.see(PROMPT);
      prompt.type("get large.bin\r");
      Await.until("half of it is here", Duration.ofSeconds(60), () -> part() > LARGE / 3);
      prompt.type(CTRL_C).see("cancelled; the same command goes on where it was");
      assertThat(here.resolve("large.bin")).doesNotExist();
      prompt.see(PROMPT);
      long before = relay.passed(Relay.Way.DOWN);
      prompt.type("get large.bin\r").see("large.bin is here");
      assertThat(here.resolve("large.bin")).hasSameBinaryContentAs(library.resolve("large.bin"));
      assertThat(relay.passed(Relay.Way.DOWN) - before).isLessThan(LARGE * 3 / 4);
      prompt.see(PROMPT);
      // Nothing is under way: it clears the line.
      prompt.type("get" + CTRL_C).see(PROMPT);
      prompt.type("quit\r");
      assertThat(prompt.exitCode()).isZero();
    }
  }

  /// How much of a file has come.
  private long part() throws IOException {
    try (Stream<Path> all = Files.list(here)) {
      return all.filter(path -> path.toString().endsWith(".part"))
          .mapToLong(path -> path.toFile().length())
          .sum();
    }
  }

  @Test
  void comes_back_to_a_server_that_was_killed() throws Exception {
    try (Child first = onSocket();
        Pty prompt = Pty.start(here, "connect", "unix:" + socket)) {
      prompt.see(PROMPT);
      prompt.type("list\r").see("2 files");
      prompt.see(PROMPT);
      first.signal("KILL");
      assertThat(first.exitCode()).isNotZero();
      try (Child _ = onSocket()) {
        prompt.type("get a.txt\r").see("a.txt is here");
        prompt.see(PROMPT);
      }
      // Nobody is there: it says so, and asks again.
      prompt.type("list\r").see("nobody listens there");
      prompt.see(PROMPT);
      prompt.type("quit\r");
      assertThat(prompt.exitCode()).isZero();
    }
  }
}
