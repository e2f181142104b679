package usher.http.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import usher.http.HttpException;
import usher.http.HttpRequest;
import usher.http.route.Router;
import usher.session.Step;

final class SiteTest {
  @TempDir Path folder;
  private Grounds grounds;

  @BeforeEach
  void grounds() {
    grounds = new Grounds(folder);
  }

  private Guest guest() throws IOException {
    return new Guest(grounds.site().build());
  }

  @Test
  void a_file_is_served_with_all_that_is_known_of_it() throws IOException {
    grounds.put("a.txt", "Hello");
    Reply reply = guest().get("/a.txt");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo("Hello");
    assertThat(reply.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(reply.header("Content-Length")).isEqualTo("5");
    assertThat(reply.header("Last-Modified")).isEqualTo("Thu, 02 Jan 2025 03:04:05 GMT");
    assertThat(reply.header("ETag")).matches("\"5-[0-9a-f]+-[0-9a-f]+\"");
    assertThat(reply.header("Accept-Ranges")).isEqualTo("bytes");
    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(reply.headers().has("Content-Encoding")).isFalse();
    assertThat(reply.headers().has("Vary")).isFalse();
    assertThat(reply.headers().has("Cache-Control")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_023, 1_024, 1_025, 65_535, 65_536, 65_537, 1_000_000})
  void files_of_every_size_arrive_whole_first_and_again(int size) throws IOException {
    byte[] bytes = Grounds.pattern(size);
    grounds.put("f.bin", bytes, Grounds.LONG_AGO);
    for (Site site : new Site[] {grounds.site().build(), grounds.site().noCache().build()}) {
      Guest guest = new Guest(site);
      for (int i = 0; i < 3; i++) {
        Reply reply = guest.get("/f.bin");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo(bytes);
        assertThat(reply.header("Content-Length")).isEqualTo(String.valueOf(size));
      }
      site.close();
    }
  }

  @Test
  void head_says_what_get_would_and_sends_nothing() throws IOException {
    grounds.put("small.css", "a".repeat(3_000));
    grounds.put("large.css", "a".repeat(300_000));
    grounds.put("empty", "");
    for (String encoding : new String[] {"identity", "gzip"}) {
      for (String name : new String[] {"/small.css", "/large.css", "/empty", "/"}) {
        Guest guest = guest();
        Reply get = guest.get(name, "Accept-Encoding", encoding);
        for (int i = 0; i < 2; i++) {
          Reply head = guest.ask("HEAD", name, "Accept-Encoding", encoding);
          assertThat(head.status()).isEqualTo(200);
          assertThat(head.body()).isEmpty();
          assertThat(head.headers().without("Transfer-Encoding").toString())
              .isEqualTo(get.headers().without("Transfer-Encoding").toString());
        }
      }
    }
  }

  @Test
  void other_methods_are_not_allowed_and_options_tells_which_are() throws IOException {
    grounds.put("a.txt", "Hello");
    for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH", "TRACE", "get", "BREW"}) {
      for (String target : new String[] {"/a.txt", "/", "/none"}) {
        Reply reply = guest().ask(method, target);
        assertThat(reply.status()).as(method).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
      }
    }
    for (String target : new String[] {"/a.txt", "/none", "*"}) {
      Reply reply = guest().ask("OPTIONS", target);
      assertThat(reply.status()).isEqualTo(204);
      assertThat(reply.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }
  }

  @Test
  void a_body_of_a_request_is_not_waited_for() throws IOException {
    grounds.put("a.txt", "Hello");
    Reply reply = guest().ask("POST", "/a.txt", "Content-Length", "1000000");
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("Connection")).isEqualTo("close");
  }

  @Test
  void the_first_index_that_is_there_is_served_for_its_folder() throws IOException {
    grounds.put("docs/index.htm", "second");
    assertThat(guest().get("/docs/").text()).isEqualTo("second");
    grounds.put("docs/index.html", "first");
    assertThat(guest().get("/docs/").text()).isEqualTo("first");
    assertThat(guest().get("/docs/").header("Content-Type")).isEqualTo("text/html; charset=utf-8");
    Files.delete(folder.resolve("docs/index.html"));
    Files.createDirectory(folder.resolve("docs/index.html"));
    assertThat(guest().get("/docs/").text()).isEqualTo("second");
    assertThat(new Guest(grounds.site().indexes("start").build()).get("/docs/").text())
        .contains("index.htm");
    grounds.put("docs/start", "mine");
    assertThat(new Guest(grounds.site().indexes("start").build()).get("/docs/").text())
        .isEqualTo("mine");
  }

  @Test
  void a_folder_without_its_slash_is_redirected_relatively() throws IOException {
    grounds.put("a b/c:d/index.html", "deep");
    Reply reply = guest().get("/a%20b");
    assertThat(reply.status()).isEqualTo(301);
    assertThat(reply.header("Location")).isEqualTo("./a%20b/");
    assertThat(guest().get("/a%20b/c:d?x=1&y=%2F").header("Location"))
        .isEqualTo("./c%3Ad/?x=1&y=%2F");
    assertThat(guest().get("/a%20b/c:d/").text()).isEqualTo("deep");
  }

  @Test
  void a_file_is_no_folder() throws IOException {
    grounds.put("a.txt", "Hello");
    assertThat(guest().get("/a.txt/").status()).isEqualTo(404);
    assertThat(guest().get("/a.txt/b").status()).isEqualTo(404);
    assertThat(guest().get("/none").status()).isEqualTo(404);
    assertThat(guest().get("/none/").status()).isEqualTo(404);
  }

  @Test
  void without_listings_a_folder_without_an_index_is_not_found() throws IOException {
    grounds.put("docs/a.txt", "Hello");
    Guest guest = new Guest(grounds.site().listing(false).build());
    assertThat(guest.get("/docs/").status()).isEqualTo(404);
    assertThat(guest.get("/").status()).isEqualTo(404);
    assertThat(guest.get("/docs").status()).isEqualTo(301);
    assertThat(guest.get("/docs/a.txt").status()).isEqualTo(200);
  }

  @Test
  void names_of_all_sorts_are_served() throws IOException {
    String longest = "x".repeat(251) + ".txt";
    String longUnicode = "日".repeat(83) + ".txtab";
    for (String name :
        new String[] {
          "a b.txt",
          "été.txt",
          "日本語.txt",
          "\ud83d\ude00.txt",
          "a%2Fb.txt",
          "a+b.txt",
          "a;b.txt",
          "'\"<>&.txt",
          "a\nb.txt",
          "a..",
          "#?.txt",
          longest,
          longUnicode
        }) {
      grounds.put(name, "this is " + name);
      Reply reply = guest().get("/" + Links.encode(name));
      assertThat(reply.status()).as(name).isEqualTo(200);
      assertThat(reply.text()).isEqualTo("this is " + name);
    }
    assertThat(guest().get("/" + "x".repeat(256)).status()).isEqualTo(404);
  }

  @Test
  void hidden_files_are_shown_only_where_that_is_wanted() throws IOException {
    grounds.put(".secret", "hidden");
    grounds.put(".git/config", "hidden");
    grounds.put("a/.htaccess", "hidden");
    Files.createSymbolicLink(folder.resolve("config"), Path.of(".git/config"));
    Guest shown = new Guest(grounds.site().dotFiles(true).build());
    for (String path : new String[] {"/.secret", "/.git/config", "/a/.htaccess", "/config"}) {
      assertThat(guest().get(path).status()).as(path).isEqualTo(404);
      assertThat(shown.get(path).text()).as(path).isEqualTo("hidden");
    }
    assertThat(guest().get("/.git").status()).isEqualTo(404);
    assertThat(guest().get("/.git/").status()).isEqualTo(404);
    assertThat(shown.get("/..").status()).isEqualTo(404);
    assertThat(shown.get("/.").status()).isEqualTo(404);
  }

  @Test
  void types_and_cache_control_may_be_set() throws IOException {
    grounds.put("a.foo", "Hello");
    Site site =
        grounds
            .site()
            .types(ContentTypes.STANDARD.with("foo", "text/x-foo"))
            .cacheControl("public, max-age=60")
            .build();
    Reply reply = new Guest(site).get("/a.foo");
    assertThat(reply.header("Content-Type")).isEqualTo("text/x-foo");
    assertThat(reply.header("Cache-Control")).isEqualTo("public, max-age=60");
    Reply unchanged = new Guest(site).get("/a.foo", "If-None-Match", reply.header("ETag"));
    assertThat(unchanged.status()).isEqualTo(304);
    assertThat(unchanged.header("Cache-Control")).isEqualTo("public, max-age=60");
  }

  @Test
  void a_site_is_refused_where_it_could_never_work() throws IOException {
    Path file = grounds.put("a.txt", "Hello");
    assertThatThrownBy(() -> Site.of(file)).isInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> Site.of(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Site.builder(folder).indexes("a/b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Site.builder(folder).cacheControl("a\r\nb"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_path_that_cannot_be_decoded_is_a_bad_request() throws IOException {
    for (String path : new String[] {"/%", "/%2", "/%zz", "/%ff", "/%c0%ae%c0%ae/a"}) {
      assertThat(guest().get(path).status()).as(path).isEqualTo(400);
    }
  }

  @Test
  void the_handler_called_by_hand_answers_too() throws Exception {
    grounds.put("a.txt", "Hello");
    Site site = grounds.site().build();
    assertThat(site.handle(HttpRequest.of("GET", "/a.txt")).status()).isEqualTo(200);
    assertThatThrownBy(() -> site.handle(HttpRequest.of("PUT", "/a.txt")))
        .isInstanceOfSatisfying(HttpException.class, e -> assertThat(e.status()).isEqualTo(405));
    assertThat(site.folder()).isEqualTo(folder.toRealPath());
  }

  @Test
  void what_the_file_system_denies_is_forbidden() throws IOException {
    grounds.put("shut/a.txt", "Hello");
    Path closed = grounds.put("closed.txt", "Hello");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    Files.setPosixFilePermissions(
        folder.resolve("shut"), PosixFilePermissions.fromString("---------"));
    // Nothing is denied to root, whose tests see the files.
    int expected = Files.isReadable(closed) ? 200 : 403;
    try {
      assertThat(guest().get("/closed.txt").status()).isEqualTo(expected);
      assertThat(guest().get("/shut/a.txt").status()).isEqualTo(expected);
      assertThat(guest().get("/shut/").status()).isEqualTo(expected);
    } finally {
      Files.setPosixFilePermissions(
          folder.resolve("shut"), PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void a_site_may_be_mounted_under_a_prefix() throws IOException {
    grounds.put("docs/a b.txt", "Hello");
    Site site = grounds.site().build();
    Guest guest = new Guest(Router.builder().mount("/static", site).build());
    for (int i = 0; i < 2; i++) {
      assertThat(guest.get("/static/docs/a%20b.txt").text()).isEqualTo("Hello");
    }
    assertThat(guest.kind("/static/docs/a%20b.txt")).isEqualTo(Step.Kind.INLINE);
    assertThat(guest.get("/static").header("Location")).isEqualTo("./static/");
    assertThat(guest.get("/static/docs").header("Location")).isEqualTo("./docs/");
    assertThat(guest.get("/static/docs/").text()).contains("href=\"a%20b.txt\"");
    assertThat(guest.get("/static/../docs/").status()).isEqualTo(404);
    assertThat(guest.get("/static/%2e%2e/docs/").status()).isEqualTo(404);
    assertThat(guest.get("/docs/").status()).isEqualTo(404);
    assertThat(guest.ask("PUT", "/static/docs/").header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
  }
}
