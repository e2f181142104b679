package usher.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import usher.http.HttpProtocol;
import usher.http.site.Site;
import usher.testkit.drive.Rehearsal;

/// A folder that is asked for any path, with any range: nothing outside it is ever sent, and
/// nothing fails.
final class SiteFuzzTest {
  private static final String SECRET = "this-is-outside";

  @TempDir Path top;
  private Site site;

  @BeforeEach
  void open() throws IOException {
    Path folder = top.resolve("site");
    Files.createDirectories(folder.resolve("a/b"));
    Files.writeString(folder.resolve("index.html"), "inside");
    Files.writeString(folder.resolve("a/b/c.txt"), "0123456789");
    Files.writeString(top.resolve("secret.txt"), SECRET);
    Files.createSymbolicLink(folder.resolve("up"), Path.of(".."));
    Files.createSymbolicLink(folder.resolve("leak.txt"), top.resolve("secret.txt"));
    site = Site.of(folder);
  }

  @AfterEach
  void close() throws IOException {
    site.close();
  }

  @FuzzTest(maxDuration = "1m")
  @DictionaryEntries(
      // In the form of libFuzzer dictionaries.
      value = {
        "/..",
        "/../secret.txt",
        "%2e%2e",
        "%2f",
        "%5c",
        "%00",
        "/up/secret.txt",
        "/leak.txt",
        "/a/b/c.txt",
        "?",
        "#",
        "\\x0ARange: bytes=",
        "\\x0AIf-None-Match: ",
        "\\x0AIf-Range: ",
        "\\x0AAccept-Encoding: gzip",
        "0-",
        "-5",
        "1-2,3-4",
        "*"
      })
  void no_path_leads_out_and_none_fails(byte[] bytes) {
    // The first line is the path, each further one a header.
    String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1);
    String request =
        "GET /"
            + lines[0]
            + " HTTP/1.1\r\nHost: x\r\n"
            + String.join("\r\n", Arrays.copyOfRange(lines, 1, lines.length))
            + "\r\nConnection: close\r\n\r\n";
    var failures = new ArrayList<Throwable>();
    var protocol = HttpProtocol.of(site).withFailures((_, thrown) -> failures.add(thrown));
    try (var rehearsal = Rehearsal.of(protocol)) {
      rehearsal.send(request).end();
      assertThat(rehearsal.text())
          .doesNotContain(SECRET)
          .startsWith("HTTP/1.1 ")
          .doesNotStartWith("HTTP/1.1 500");
      assertThat(rehearsal.thrown()).isNull();
      assertThat(failures).isEmpty();
    }
  }
}
