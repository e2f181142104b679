package usher.files.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import usher.files.Checksum;
import usher.files.disk.FolderLibrary;
import usher.files.disk.FolderRules;
import usher.files.frame.FileProtocol;
import usher.files.frame.Frame;
import usher.testkit.Await;
import usher.testkit.contract.Behaviour;
import usher.testkit.contract.Client;
import usher.testkit.contract.Expect;
import usher.testkit.contract.Suite;
import usher.testkit.contract.Trial;

/// What a client of the file protocol may count on.
final class FilesSuite {
  /// For programs that make it once more.
  static final String MAKER = FilesSuite.class.getName() + "#suite";

  private static final int LARGE = 2 << 20;

  private FilesSuite() {}

  static Suite suite() {
    return new Suite(
        "files",
        "The file protocol",
        List.of(
            new Suite.Group(
                "Files",
                List.of(
                    Behaviour.of("files are listed", FilesSuite::lists),
                    Behaviour.of("a large file comes whole, or its rest", FilesSuite::fetches),
                    Behaviour.of("a large file is stored whole", FilesSuite::stores),
                    Behaviour.of(
                        "requests sent together are answered in their order", FilesSuite::together),
                    Behaviour.of("an upload that was cut goes on", FilesSuite::resumes),
                    Behaviour.of("what is no request ends the connection", FilesSuite::refuses),
                    Behaviour.of(
                        "a drain waits for a file that is being stored", FilesSuite::drains)))));
  }

  private static byte[] large() {
    byte[] bytes = new byte[LARGE];
    new Random(LARGE).nextBytes(bytes);
    return bytes;
  }

  private static String checksum(byte[] bytes) {
    var digest = Checksum.digest();
    digest.update(bytes);
    return Checksum.of(digest).hex();
  }

  /// A server of a folder with two files, one of them large.
  private static Path serve(Trial trial) throws Exception {
    Path folder = trial.board().path();
    trial.outside(
        () -> {
          Files.createDirectory(folder);
          Files.writeString(folder.resolve("small"), "of small");
          Files.write(folder.resolve("large"), large());
        });
    trial.serve(FileProtocol.of(FolderLibrary.open(folder, FolderRules.USUAL.withWriting())));
    return folder;
  }

  private static void say(Client client, String text) {
    try {
      client.send(Frame.of(text));
    } catch (IOException thrown) {
      throw new UncheckedIOException(thrown);
    }
  }

  private static String hear(Client client) throws IOException {
    byte[] head = client.take(2);
    int length = ((head[0] & 0xff) << 8) | (head[1] & 0xff);
    return new String(client.take(length), StandardCharsets.UTF_8);
  }

  private static Client greeted(Trial trial) throws IOException {
    Client client = trial.client();
    say(client, FileProtocol.GREETING);
    Expect.equal("the greeting", FileProtocol.GREETING + " writable", hear(client));
    return client;
  }

  private static void lists(Trial trial) throws Exception {
    serve(trial);
    try (Client client = greeted(trial)) {
      say(client, "LIST");
      String first = hear(client);
      Expect.that(first, first.startsWith("FILE " + LARGE + " ") && first.endsWith(" large"));
      String second = hear(client);
      Expect.that(second, second.startsWith("FILE 8 ") && second.endsWith(" small"));
      Expect.equal("the end", "END 2", hear(client));
    }
  }

  private static void fetches(Trial trial) throws Exception {
    serve(trial);
    byte[] bytes = large();
    try (Client client = greeted(trial)) {
      say(client, "GET 0 large");
      String head = hear(client);
      Expect.that(
          head,
          head.startsWith("DATA %d %d ".formatted(LARGE, LARGE)) && head.endsWith(checksum(bytes)));
      Expect.that("the file", Arrays.equals(bytes, client.take(LARGE)));
      int offset = LARGE - 1000;
      say(client, "GET " + offset + " large");
      Expect.that("its rest", hear(client).startsWith("DATA 1000 " + LARGE));
      byte[] rest = Arrays.copyOfRange(bytes, offset, LARGE);
      Expect.that("the rest", Arrays.equals(rest, client.take(1000)));
    }
  }

  private static void stores(Trial trial) throws Exception {
    Path folder = serve(trial);
    byte[] bytes = large();
    try (Client client = greeted(trial)) {
      say(client, "PUT %d %s replace new".formatted(LARGE, checksum(bytes)));
      Expect.equal("the word", "SEND 0", hear(client));
      client.send(bytes);
      Expect.that("stored", hear(client).startsWith("STORED " + LARGE + " "));
      Expect.that("the file", Arrays.equals(bytes, Files.readAllBytes(folder.resolve("new"))));
      say(client, "STAT small");
      Expect.that("goes on", hear(client).startsWith("FILE 8 "));
    }
  }

  private static void together(Trial trial) throws Exception {
    serve(trial);
    try (Client client = greeted(trial)) {
      for (int i = 0; i < 20; i++) {
        say(client, i % 2 == 0 ? "GET 3 small" : "STAT nothing");
      }
      say(client, "QUIT");
      for (int i = 0; i < 20; i++) {
        if (i % 2 == 0) {
          Expect.that("data", hear(client).startsWith("DATA 5 8 "));
          Expect.equal("bytes", "small", new String(client.take(5), StandardCharsets.US_ASCII));
        } else {
          Expect.equal("an error", "ERROR not-found there is no nothing", hear(client));
        }
      }
      Expect.equal("the end", "BYE", hear(client));
      client.expectEnd();
    }
  }

  private static void resumes(Trial trial) throws Exception {
    Path folder = serve(trial);
    byte[] bytes = large();
    String put = "PUT %d %s replace new".formatted(LARGE, checksum(bytes));
    try (Client client = greeted(trial)) {
      say(client, put);
      Expect.equal("the word", "SEND 0", hear(client));
      client.send(Arrays.copyOf(bytes, LARGE / 2));
      // What has been written by now, and nobody knows how much that is, is kept.
      Path passages = folder.resolve(".usher");
      Await.until("a part is there", Trial.LONG, () -> size(passages) > 0);
      client.reset();
    }
    AtomicReference<Client> next = new AtomicReference<>();
    AtomicInteger from = new AtomicInteger();
    // Until the server has noticed, the part belongs to the client that has gone.
    Await.until(
        "the upload goes on",
        Trial.LONG,
        () -> {
          try {
            Client client = greeted(trial);
            say(client, put);
            from.set(Integer.parseInt(hear(client).substring("SEND ".length())));
            if (from.get() > 0) {
              next.set(client);
              return true;
            }
            client.close();
            return false;
          } catch (IOException thrown) {
            throw new UncheckedIOException(thrown);
          }
        });
    try (Client client = Objects.requireNonNull(next.get())) {
      Expect.atMost("what is there", LARGE / 2, from.get());
      client.send(Arrays.copyOfRange(bytes, from.get(), LARGE));
      Expect.that("stored", hear(client).startsWith("STORED " + LARGE + " "));
    }
    Expect.that("the file", Arrays.equals(bytes, Files.readAllBytes(folder.resolve("new"))));
  }

  private static long size(Path folder) {
    try (var all = Files.list(folder)) {
      return all.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException notThere) {
      return 0;
    }
  }

  private static void refuses(Trial trial) throws Exception {
    serve(trial);
    try (Client client = greeted(trial)) {
      say(client, "FETCH large");
      Expect.equal("refused", "ERROR bad-request there is no such request", hear(client));
      client.expectEnd();
    }
  }

  private static void drains(Trial trial) throws Exception {
    Path folder = serve(trial);
    byte[] bytes = large();
    try (Client client = greeted(trial)) {
      say(client, "PUT %d %s replace new".formatted(LARGE, checksum(bytes)));
      Expect.equal("the word", "SEND 0", hear(client));
      client.send(Arrays.copyOf(bytes, LARGE / 2));
      trial.drain(
          trial.server(),
          () -> {
            client.send(Arrays.copyOfRange(bytes, LARGE / 2, LARGE));
            Expect.that("stored", hear(client).startsWith("STORED " + LARGE + " "));
            client.expectEnd();
          });
    }
    Expect.that("the file", Arrays.equals(bytes, Files.readAllBytes(folder.resolve("new"))));
  }
}
