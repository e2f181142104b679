package usher.http.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import usher.http.HttpRequest;
import usher.http.HttpResponse;
import usher.http.ResponseBody;
import usher.session.Step;
import usher.testkit.ManualClock;
import usher.testkit.Seeds;

/// What is kept, for how long it may be stale, and that headers and bytes are always of one
/// version.
final class SiteCacheTest {
  private static final Duration NEARLY = Duration.ofMillis(999);
  private static final Instant LATER = Grounds.LONG_AGO.plusSeconds(60);

  @TempDir Path folder;
  private Grounds grounds;
  private final ManualClock time = ManualClock.ofRfc();

  @BeforeEach
  void grounds() {
    grounds = new Grounds(folder);
  }

  private Site.Builder site() {
    return grounds.site().nanos(time);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String large(char letter) {
    return String.valueOf(letter).repeat(100_000);
  }

  @Test
  void what_is_kept_is_answered_in_place_and_all_else_may_block() throws IOException {
    grounds.put("small.bin", "small");
    grounds.put("large.bin", large('a'));
    Guest guest = new Guest(site().build());
    for (String path : new String[] {"/small.bin", "/large.bin"}) {
      assertThat(guest.kind(path)).isEqualTo(Step.Kind.BLOCKING);
      guest.get(path);
      assertThat(guest.kind(path)).isEqualTo(Step.Kind.INLINE);
      time.advance(NEARLY);
      assertThat(guest.kind(path)).isEqualTo(Step.Kind.INLINE);
      time.advance(Duration.ofMillis(1));
      assertThat(guest.kind(path)).isEqualTo(Step.Kind.BLOCKING);
      guest.get(path);
      assertThat(guest.kind(path)).isEqualTo(Step.Kind.INLINE);
    }
    assertThat(guest.kind("/none")).isEqualTo(Step.Kind.BLOCKING);
    assertThat(guest.kind("/")).isEqualTo(Step.Kind.BLOCKING);
    assertThat(guest.kind("/%zz")).isEqualTo(Step.Kind.BLOCKING);
  }

  @Test
  void without_a_cache_every_answer_may_block() throws IOException {
    grounds.put("small.bin", "small");
    Guest guest = new Guest(site().noCache().build());
    guest.get("/small.bin");
    assertThat(guest.kind("/small.bin")).isEqualTo(Step.Kind.BLOCKING);
    grounds.put("small.bin", bytes("other"), LATER);
    assertThat(guest.get("/small.bin").text()).isEqualTo("other");
  }

  @Test
  void a_small_file_is_stale_for_less_than_a_second_and_never_mixed() throws IOException {
    grounds.put("f.bin", "first version");
    Guest guest = new Guest(site().build());
    Reply first = guest.get("/f.bin");
    grounds.put("f.bin", bytes("second"), LATER);
    time.advance(NEARLY);
    Reply stale = guest.get("/f.bin");
    assertThat(stale.text()).isEqualTo("first version");
    assertThat(stale.headers().toString()).isEqualTo(first.headers().toString());
    time.advance(Duration.ofMillis(1));
    Reply fresh = guest.get("/f.bin");
    assertThat(fresh.text()).isEqualTo("second");
    assertThat(fresh.header("ETag")).isNotEqualTo(first.header("ETag"));
    assertThat(fresh.header("Last-Modified")).isNotEqualTo(first.header("Last-Modified"));
  }

  @Test
  void a_large_file_is_seen_to_change_at_once() throws IOException {
    grounds.put("f.bin", large('a'));
    Guest guest = new Guest(site().build());
    Reply first = guest.get("/f.bin");
    grounds.put("f.bin", bytes(large('b')), LATER);
    Reply rewritten = guest.get("/f.bin");
    assertThat(rewritten.text()).isEqualTo(large('b'));
    assertThat(rewritten.header("ETag")).isNotEqualTo(first.header("ETag"));
    grounds.put("f.bin", bytes(large('c') + "longer"), LATER);
    assertThat(guest.get("/f.bin").text()).isEqualTo(large('c') + "longer");
    grounds.put("f.bin", bytes("short"), LATER);
    assertThat(guest.get("/f.bin").text()).isEqualTo("short");
  }

  @Test
  void a_file_that_is_replaced_by_one_of_the_same_size_and_time_is_another() throws IOException {
    grounds.put("f.bin", large('a'));
    Guest guest = new Guest(site().build());
    Reply first = guest.get("/f.bin");
    Path other = grounds.put("new.bin", large('b'));
    Files.move(other, folder.resolve("f.bin"), StandardCopyOption.REPLACE_EXISTING);
    Reply second = guest.get("/f.bin");
    assertThat(second.text()).isEqualTo(large('b'));
    assertThat(second.header("ETag")).isNotEqualTo(first.header("ETag"));
    assertThat(second.header("Last-Modified")).isEqualTo(first.header("Last-Modified"));
  }

  @Test
  void a_file_that_is_gone_is_gone_after_a_second_at_most() throws IOException {
    Path small = grounds.put("small.bin", "small");
    Path large = grounds.put("large.bin", large('a'));
    Guest guest = new Guest(site().build());
    guest.get("/small.bin");
    guest.get("/large.bin");
    Files.delete(small);
    Files.delete(large);
    assertThat(guest.get("/large.bin").status()).isEqualTo(404);
    assertThat(guest.get("/small.bin").status()).isEqualTo(200);
    time.advance(Duration.ofSeconds(1));
    assertThat(guest.get("/small.bin").status()).isEqualTo(404);
    grounds.put("small.bin", "back");
    assertThat(guest.get("/small.bin").text()).isEqualTo("back");
  }

  @Test
  void a_new_file_is_seen_at_once_and_a_new_index_within_a_second() throws IOException {
    Guest guest = new Guest(site().build());
    assertThat(guest.get("/new.bin").status()).isEqualTo(404);
    grounds.put("new.bin", "new");
    assertThat(guest.get("/new.bin").text()).isEqualTo("new");
    grounds.put("index.htm", "second");
    assertThat(guest.get("/").text()).isEqualTo("second");
    grounds.put("index.html", "first");
    assertThat(guest.get("/").text()).isEqualTo("second");
    time.advance(Duration.ofSeconds(1));
    assertThat(guest.get("/").text()).isEqualTo("first");
  }

  @Test
  void a_link_that_is_turned_outside_is_followed_for_less_than_a_second(@TempDir Path outside)
      throws IOException {
    grounds.put("inside/f.bin", "inside");
    Path secret = Files.writeString(outside.resolve("f.bin"), "secret");
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, Path.of("inside"));
    Guest guest = new Guest(site().build());
    assertThat(guest.get("/link/f.bin").text()).isEqualTo("inside");
    Files.delete(link);
    Files.createSymbolicLink(link, secret.getParent());
    time.advance(NEARLY);
    assertThat(guest.get("/link/f.bin").text()).isEqualTo("inside");
    time.advance(Duration.ofMillis(1));
    assertThat(guest.get("/link/f.bin").status()).isEqualTo(404);
  }

  @Test
  void a_file_that_has_just_changed_is_read_anew_though_it_looks_the_same() throws IOException {
    Instant young = Grounds.NOW.minusMillis(500);
    Path file = grounds.put("f.bin", bytes("one"), young);
    Guest guest = new Guest(site().build());
    assertThat(guest.get("/f.bin").text()).isEqualTo("one");
    Files.writeString(file, "two");
    Files.setLastModifiedTime(file, FileTime.from(young));
    time.advance(Duration.ofSeconds(1));
    assertThat(guest.get("/f.bin").text()).isEqualTo("two");
  }

  @Test
  void an_age_of_nothing_looks_at_the_disk_each_time() throws IOException {
    grounds.put("f.bin", "one");
    Guest guest = new Guest(site().cache(CacheLimits.DEFAULT.withAge(Duration.ZERO)).build());
    assertThat(guest.get("/f.bin").text()).isEqualTo("one");
    grounds.put("f.bin", bytes("two"), LATER);
    assertThat(guest.get("/f.bin").text()).isEqualTo("two");
  }

  @Test
  void siblings_come_and_go() throws IOException {
    grounds.put("a.css", "a{}".repeat(1_000));
    Guest guest = new Guest(site().build());
    assertThat(guest.get("/a.css", "Accept-Encoding", "br").headers().has("Content-Encoding"))
        .isFalse();
    Path sibling = grounds.put("a.css.br", "brotli");
    time.advance(Duration.ofSeconds(1));
    assertThat(guest.get("/a.css", "Accept-Encoding", "br").text()).isEqualTo("brotli");
    Files.delete(sibling);
    time.advance(Duration.ofSeconds(1));
    assertThat(guest.get("/a.css", "Accept-Encoding", "br").text()).startsWith("a{}");
  }

  @Test
  void an_answer_under_way_outlives_its_place_in_the_cache() throws Exception {
    grounds.put("f.bin", large('a'));
    Site site = site().build();
    HttpRequest request = HttpRequest.of("GET", "/f.bin");
    site.handle(request).body().close();
    var routed = site.route(request);
    assertThat(routed.handler().kind()).isEqualTo(Step.Kind.INLINE);
    HttpResponse response = routed.handler().handle(routed.request());
    var region = (ResponseBody.FileRegion) response.body();
    var late = site.route(request);
    grounds.put("f.bin", bytes(large('b')), LATER);
    site.handle(request).body().close();
    site.close();
    assertThat(region.file().isOpen()).isTrue();
    response.body().close();
    assertThat(region.file().isOpen()).isFalse();
    // Routed to what is closed by the time it is called: the disk is asked.
    HttpResponse again = late.handler().handle(late.request());
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body().length()).isEqualTo(100_000);
    again.body().close();
  }

  @Test
  void a_closed_site_still_answers() throws IOException {
    grounds.put("small.bin", "small");
    grounds.put("large.bin", large('a'));
    Site site = site().build();
    Guest guest = new Guest(site);
    guest.get("/small.bin");
    guest.get("/large.bin");
    site.close();
    for (int i = 0; i < 2; i++) {
      assertThat(guest.get("/small.bin").text()).isEqualTo("small");
      assertThat(guest.get("/large.bin").text()).isEqualTo(large('a'));
    }
    assertThat(guest.kind("/small.bin")).isEqualTo(Step.Kind.BLOCKING);
  }

  @Test
  void whatever_is_done_to_files_an_answer_is_one_version_in_head_and_body() {
    Seeds.each(
        20,
        gen -> {
          Site site =
              site().cache(new CacheLimits(3, 300_000, 2, 1_000, Duration.ofSeconds(1))).build();
          Guest guest = new Guest(site);
          int version = 0;
          for (int i = 0; i < 60; i++) {
            String name = gen.oneOf("a.bin", "b.bin", "c.bin", "d.bin", "e.bin");
            Path file = folder.resolve(name);
            switch (gen.between(0, 5)) {
              case 0 -> Files.deleteIfExists(file);
              case 1, 2 -> {
                // Every version is one letter, its size says which, and so does its time.
                version++;
                int size = gen.oneOf(10, 900, 1_100, 50_000) + version;
                byte[] text =
                    String.valueOf((char) ('a' + size % 26))
                        .repeat(size)
                        .getBytes(StandardCharsets.UTF_8);
                Instant modified = Grounds.LONG_AGO.plusSeconds(size % 26);
                if (gen.chance(0.5) && Files.exists(file)) {
                  Path fresh = grounds.put("fresh", text, modified);
                  Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
                } else {
                  grounds.put(name, text, modified);
                }
              }
              case 3 -> time.advance(Duration.ofMillis(gen.between(0, 1_200)));
              default -> {
                Reply reply = guest.get("/" + name);
                if (reply.status() == 404) {
                  continue;
                }
                int size = reply.body().length;
                assertThat(reply.header("Content-Length")).isEqualTo(String.valueOf(size));
                String letter = String.valueOf((char) ('a' + size % 26));
                assertThat(reply.text()).isEqualTo(letter.repeat(size));
                assertThat(reply.header("ETag")).startsWith("\"" + Long.toHexString(size) + "-");
              }
            }
          }
          assertThat(guest.failures).isEmpty();
          site.close();
        });
  }
}
