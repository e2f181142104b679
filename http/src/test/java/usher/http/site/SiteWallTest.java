package usher.http.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import usher.testkit.Gen;
import usher.testkit.Seeds;

/// There is no way out of the folder.
final class SiteWallTest {
  private static final String SECRET = "this-is-outside";

  @TempDir Path top;
  private Path folder;
  private Grounds grounds;
  private Guest guest;
  private Guest open;

  @BeforeEach
  void grounds() throws IOException {
    folder = Files.createDirectory(top.resolve("site"));
    grounds = new Grounds(folder);
    grounds.put("index.html", "inside");
    grounds.put("a/b/c.txt", "inside");
    Grounds outside = new Grounds(top);
    for (String name :
        List.of("secret.txt", "outside/secret.txt", "site-2/secret.txt", "sit/secret.txt")) {
      outside.put(name, SECRET);
    }
    link("file", "../secret.txt");
    link("folder", "../outside");
    link("absolute", top.resolve("outside").toString());
    link("top", "..");
    link("root", "/");
    link("chain", "a/chain");
    link("a/chain", "../folder");
    link("neighbour", "../site-2");
    link("loop", "loop");
    link("a/loop", "../a/loop2");
    link("a/loop2", "loop");
    link("dangling", "nowhere");
    link("device", "/dev/zero");
    link("inside", "a/b");
    link("a/here", "b/c.txt");
    link("back", "../site/a");
    guest = new Guest(grounds.site().build());
    open = new Guest(grounds.site().dotFiles(true).noCache().build());
  }

  private void link(String name, String target) throws IOException {
    Files.createSymbolicLink(folder.resolve(name), Path.of(target));
  }

  @Test
  void links_that_stay_inside_are_followed() {
    for (String path : List.of("/inside/c.txt", "/a/here", "/back/b/c.txt", "/back/here")) {
      assertThat(guest.get(path).text()).as(path).isEqualTo("inside");
    }
    assertThat(guest.get("/inside").header("Location")).isEqualTo("./inside/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/file",
        "/folder",
        "/folder/",
        "/folder/secret.txt",
        "/absolute",
        "/absolute/secret.txt",
        "/top",
        "/top/",
        "/top/secret.txt",
        "/top/site/index.html/x",
        "/root/etc/passwd",
        "/root/",
        "/chain",
        "/chain/secret.txt",
        "/a/chain/secret.txt",
        "/neighbour/secret.txt",
        "/neighbour/",
        "/loop",
        "/loop/",
        "/loop/x",
        "/a/loop",
        "/dangling",
        "/dangling/",
        "/device",
        "/a/../../secret.txt",
        "/../secret.txt",
        "/..",
        "/../",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/a/..%2f..%2fsecret.txt",
        "/a%2f..%2f..%2fsecret.txt",
        "//secret.txt",
        "/%2fetc%2fpasswd",
        "//etc/passwd",
        "/%2Fetc/passwd",
        "/a/b/c.txt%00",
        "/a/b/c.txt%00.html",
        "/%00",
        "/file%00",
        "/.%00./secret.txt",
        "/%252e%252e/secret.txt",
        "/..;/secret.txt",
        "/a/b/c.txt/",
        "/a/b/c.txt/.",
        "/a/b/c.txt/../c.txt",
        "/./index.html",
        "/a//b/c.txt"
      })
  void what_leads_elsewhere_is_not_found(String path) {
    for (Guest each : List.of(guest, open)) {
      for (int i = 0; i < 2; i++) {
        Reply reply = each.get(path);
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.text()).doesNotContain(SECRET);
      }
    }
  }

  @Test
  void through_a_link_upward_not_even_what_lies_inside_is_hidden() {
    // It leads out and in again, and what counts is where it ends.
    assertThat(guest.get("/top/site/a/b/c.txt").text()).isEqualTo("inside");
  }

  private static final List<String> DOTS =
      List.of(
          "..",
          "%2e%2e",
          "%2E.",
          ".%2e",
          "%252e%252e",
          "..%00",
          "%00..",
          "...",
          ".",
          "%2e",
          "..;",
          "..%20",
          "..%09",
          "%u002e%u002e",
          "%e2%80%a4%e2%80%a4",
          "%ef%bc%8e%ef%bc%8e",
          "..%c0%af",
          "%c0%ae%c0%ae");
  private static final List<String> SLASHES =
      List.of(
          "/",
          "/",
          "/",
          "//",
          "%2f",
          "%2F",
          "%5c",
          "\\",
          "%252f",
          "/./",
          "%00/",
          "%e2%88%95",
          "%ef%bc%8f",
          ";/",
          "%c0%af");
  private static final List<String> NAMES =
      List.of(
          "a",
          "b",
          "c.txt",
          "folder",
          "file",
          "top",
          "root",
          "chain",
          "neighbour",
          "inside",
          "absolute",
          "back",
          "site",
          "site-2",
          "outside",
          "secret.txt",
          "secret.txt%00.html",
          "index.html",
          "etc",
          "passwd",
          "loop",
          "",
          "proc",
          "self",
          "root",
          "~",
          "-");

  private static String attack(Gen gen) {
    var path = new StringBuilder("/");
    int count = gen.between(1, 8);
    for (int i = 0; i < count; i++) {
      path.append(gen.chance(0.5) ? gen.oneOf(DOTS) : gen.oneOf(NAMES));
      if (i < count - 1 || gen.chance(0.3)) {
        path.append(gen.oneOf(SLASHES));
      }
    }
    if (gen.chance(0.1)) {
      path.insert(0, "http://here");
    }
    if (gen.chance(0.1)) {
      path.append("?").append(gen.oneOf(DOTS)).append(gen.oneOf(SLASHES));
    }
    return path.toString();
  }

  @Test
  void no_path_leads_to_a_byte_from_outside() {
    Seeds.each(
        3_000,
        gen -> {
          String path = attack(gen);
          Guest each = gen.chance(0.5) ? guest : open;
          String encoding = gen.oneOf("identity", "gzip");
          Reply reply = each.get(path, "Accept-Encoding", encoding);
          String text = new String(reply.plain(), StandardCharsets.UTF_8);
          assertThat(text).as(path).doesNotContain(SECRET).doesNotContain("root:");
          assertThat(reply.status()).as(path).isIn(200, 301, 400, 404);
          if (reply.status() == 200) {
            // A listing of a folder inside, or one of the two files.
            assertThat(text.equals("inside") || text.contains("b/") || text.contains("c.txt"))
                .as(path)
                .isTrue();
            assertThat(text).as(path).doesNotContain("outside").doesNotContain("site-2");
          }
          assertThat(each.failures).as(path).isEmpty();
        });
  }

  @Test
  void special_files_are_not_even_opened() throws Exception {
    Path pipe = folder.resolve("pipe.txt");
    int made = new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor();
    assertThat(made).isZero();
    grounds.put("styled.css", "a{}");
    Files.createSymbolicLink(folder.resolve("styled.css.gz"), pipe);
    link("to-pipe", "pipe.txt");
    try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(folder.resolve("socket")));
      for (String path : List.of("/pipe.txt", "/pipe.txt/", "/to-pipe", "/socket", "/socket/")) {
        for (Guest each : List.of(guest, open)) {
          // On a thread of its own, since opening a pipe would wait for ever.
          var status = new CompletableFuture<Integer>();
          Thread.ofPlatform().daemon().start(() -> status.complete(each.get(path).status()));
          assertThat(status.get(30, TimeUnit.SECONDS)).as(path).isEqualTo(404);
        }
      }
      assertThat(guest.get("/styled.css", "Accept-Encoding", "gzip").text()).isEqualTo("a{}");
      assertThat(guest.get("/a/").text()).doesNotContain("pipe").doesNotContain("socket");
    }
  }
}
