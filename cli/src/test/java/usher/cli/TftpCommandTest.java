package usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import usher.files.disk.FolderLibrary;
import usher.files.disk.FolderRules;
import usher.files.tftp.TftpProtocol;
import usher.files.tftp.TftpRules;
import usher.server.Address;
import usher.server.Model;
import usher.server.Server;

final class TftpCommandTest {
  @TempDir Path there;
  @TempDir Path here;
  private Server server;
  private String host;

  @BeforeEach
  void start() throws IOException {
    FolderLibrary library =
        FolderLibrary.open(
            there, FolderRules.USUAL.withWriting().withSizes(1 << 20, Long.MAX_VALUE, 0));
    server =
        Server.builder()
            .listen(Address.udp("127.0.0.1", 0))
            .serve(TftpProtocol.of(library, TftpRules.USUAL))
            .model(new Model.VirtualThreads())
            .start();
    host = server.addresses().getFirst().toString().substring("udp:".length());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void fetches_a_file_to_a_name_or_into_a_folder() throws IOException {
    Files.write(there.resolve("f"), new byte[5_000]);
    Path target = here.resolve("g");

    Run run = Run.of("tftp", "get", host, "f", "--output", target.toString());
    assertThat(run).isEqualTo(new Run(0, "", "usher: fetched f, 5,000 bytes\n"));
    assertThat(target).hasSize(5_000);

    run = Run.of("tftp", "get", host, "/f", "--output", here.toString(), "--quiet");
    assertThat(run).isEqualTo(new Run(0, "", ""));
    assertThat(here.resolve("f")).hasSize(5_000);
  }

  @Test
  void sends_files() throws IOException {
    Path one = Files.writeString(here.resolve("one"), "1\n");
    Path two = Files.writeString(here.resolve("two"), "22\n");

    Run run =
        Run.of("tftp", "put", host, one.toString(), two.toString(), "--mode", "netascii", "-q");
    assertThat(run).isEqualTo(new Run(0, "", ""));
    assertThat(there.resolve("one")).hasContent("1\n");
    assertThat(there.resolve("two")).hasContent("22\n");

    run =
        Run.of(
            "tftp",
            "put",
            host,
            one.toString(),
            "--output",
            "other",
            "--blksize",
            "8",
            "--windowsize",
            "1",
            "--timeout",
            "2",
            "-q");
    assertThat(run.code()).isZero();
    assertThat(there.resolve("other")).hasContent("1\n");
  }

  @Test
  void says_what_the_server_refuses() throws IOException {
    Run run = Run.of("tftp", "get", host, "none", "--output", here.resolve("f").toString());
    assertThat(run).isEqualTo(new Run(1, "", "usher: none: the server says: there is no none\n"));
    Files.writeString(there.resolve("f"), "old");
    Path file = Files.writeString(here.resolve("f"), "new");
    run = Run.of("tftp", "put", host, file.toString());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("there is a f already");
    assertThat(there.resolve("f")).hasContent("old");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 2, say what",
    "get 127.0.0.1, 2, say what",
    "gt 127.0.0.1 f, 2, did you mean get",
    "get 127.0.0.1:x f, 2, no HOST",
    "get 127.0.0.1 f --mode octets, 2, did you mean octet",
    "get 127.0.0.1 f --blksize 7, 2, --blksize",
    "get 127.0.0.1 f --blksize 65465, 2, --blksize",
    "get 127.0.0.1 f --windowsize 0, 2, --windowsize",
    "get 127.0.0.1 f --timeout 256, 2, --timeout",
    "get 127.0.0.1 f g --output no/such, 2, is no folder",
    "put 127.0.0.1 f g --output h, 2, names one file",
    "put 127.0.0.1 /no/such/file, 1, there is no file",
    "get 127.0.0.1 folder/, 1, is a folder"
  })
  void says_what_is_wrong_with_a_command_line(String line, int code, String words) {
    Run run = Run.of(("tftp " + line).strip().split(" "));
    assertThat(run.err()).contains(words).hasLineCount(1);
    assertThat(run.code()).isEqualTo(code);
  }
}
