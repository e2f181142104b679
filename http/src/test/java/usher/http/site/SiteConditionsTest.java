package usher.http.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import usher.http.HttpDate;

/// Conditions and ranges over the wire, for a file in memory and for one that is held open.
final class SiteConditionsTest {
  private static final String TEXT = "0123456789".repeat(100);
  private static final String SAME = HttpDate.format(Grounds.LONG_AGO);
  private static final String BEFORE = HttpDate.format(Grounds.LONG_AGO.minusSeconds(1));

  @TempDir Path folder;
  private Grounds grounds;
  private Guest cached;
  private Guest fromDisk;

  @BeforeEach
  void guests() throws IOException {
    grounds = new Grounds(folder);
    grounds.put("f.bin", TEXT);
    cached = new Guest(grounds.site().build());
    fromDisk = new Guest(grounds.site().noCache().build());
    cached.get("/f.bin");
  }

  private Reply get(String... headers) {
    Reply one = cached.get("/f.bin", headers);
    Reply other = fromDisk.get("/f.bin", headers);
    assertThat(one.status()).isEqualTo(other.status());
    if (!one.headers().has("Content-Type")
        || !one.header("Content-Type").startsWith("multipart/")) {
      assertThat(one.headers().toString()).isEqualTo(other.headers().toString());
      assertThat(one.text()).isEqualTo(other.text());
    }
    return one;
  }

  private String tag() {
    return get().header("ETag");
  }

  @Test
  void a_client_that_has_the_file_is_told_so() {
    for (String method : new String[] {"GET", "HEAD"}) {
      for (String[] fields :
          new String[][] {
            {"If-None-Match", tag()},
            {"If-None-Match", "W/" + tag()},
            {"If-None-Match", "\"x\", " + tag()},
            {"If-None-Match", "*"},
            {"If-Modified-Since", SAME},
            {"If-None-Match", tag(), "Range", "bytes=0-1"},
          }) {
        Reply reply = cached.ask(method, "/f.bin", fields);
        assertThat(reply.status()).isEqualTo(304);
        assertThat(reply.header("ETag")).isEqualTo(tag());
        assertThat(reply.headers().has("Content-Type")).isFalse();
        assertThat(reply.headers().has("Content-Range")).isFalse();
        assertThat(fromDisk.ask(method, "/f.bin", fields).status()).isEqualTo(304);
      }
    }
  }

  @Test
  void a_client_that_means_another_version_is_refused() {
    assertThat(get("If-Match", "\"x\"").status()).isEqualTo(412);
    assertThat(get("If-Unmodified-Since", BEFORE).status()).isEqualTo(412);
    assertThat(get("If-Match", "\"x\"", "Range", "bytes=0-1").status()).isEqualTo(412);
    assertThat(get("If-Match", tag()).status()).isEqualTo(200);
    assertThat(get("If-Unmodified-Since", SAME).status()).isEqualTo(200);
  }

  @Test
  void conditions_do_not_count_where_the_answer_is_no_success() {
    assertThat(cached.get("/none", "If-Match", "\"x\"").status()).isEqualTo(404);
    assertThat(cached.ask("PUT", "/f.bin", "If-Match", "\"x\"").status()).isEqualTo(405);
  }

  @Test
  void one_range_is_sent_as_it_is() {
    Reply reply = get("Range", "bytes=5-9");
    assertThat(reply.status()).isEqualTo(206);
    assertThat(reply.text()).isEqualTo("56789");
    assertThat(reply.header("Content-Range")).isEqualTo("bytes 5-9/1000");
    assertThat(reply.header("Content-Length")).isEqualTo("5");
    assertThat(reply.header("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(reply.header("ETag")).isEqualTo(tag());
    assertThat(get("Range", "bytes=-3").text()).isEqualTo("789");
    assertThat(get("Range", "bytes=990-").text()).isEqualTo("0123456789");
    assertThat(get("Range", "bytes=0-").text()).isEqualTo(TEXT);
    assertThat(get("Range", "bytes=0-").status()).isEqualTo(206);
  }

  @Test
  void several_ranges_are_sent_in_parts() {
    for (Guest guest : new Guest[] {cached, fromDisk}) {
      Reply reply = guest.get("/f.bin", "Range", "bytes=500-504, 0-1, -2");
      assertThat(reply.status()).isEqualTo(206);
      assertThat(reply.header("Content-Type")).startsWith("multipart/byteranges; boundary=");
      assertThat(reply.headers().has("Content-Range")).isFalse();
      assertThat(reply.parts())
          .containsExactly(
              "bytes 500-504/1000 01234", "bytes 0-1/1000 01", "bytes 998-999/1000 89");
      assertThat(reply.text()).contains("\r\nContent-Type: application/octet-stream\r\n");
    }
  }

  @Test
  void each_answer_in_parts_has_a_boundary_of_its_own() {
    String one = cached.get("/f.bin", "Range", "bytes=0-0,-1").header("Content-Type");
    String other = cached.get("/f.bin", "Range", "bytes=0-0,-1").header("Content-Type");
    assertThat(one).isNotEqualTo(other);
    assertThat(one.substring(one.indexOf('=') + 1)).matches("[0-9a-f]{32}");
  }

  @Test
  void ranges_that_come_down_to_one_are_sent_as_one() {
    assertThat(get("Range", "bytes=0-4,3-9").header("Content-Range")).isEqualTo("bytes 0-9/1000");
    assertThat(get("Range", "bytes=5000-,3-9").header("Content-Range")).isEqualTo("bytes 3-9/1000");
  }

  @Test
  void a_range_behind_the_end_is_told_the_size() {
    Reply reply = get("Range", "bytes=1000-");
    assertThat(reply.status()).isEqualTo(416);
    assertThat(reply.header("Content-Range")).isEqualTo("bytes */1000");
    assertThat(get("Range", "bytes=-0").status()).isEqualTo(416);
  }

  @Test
  void a_range_that_does_not_count_gets_the_whole() {
    for (String range : new String[] {"bytes=9-5", "lines=1-2", "bytes=x", "bytes="}) {
      Reply reply = get("Range", range);
      assertThat(reply.status()).as(range).isEqualTo(200);
      assertThat(reply.text()).isEqualTo(TEXT);
    }
    Reply twice = get("Range", "bytes=0-1", "Range", "bytes=5-6");
    assertThat(twice.status()).isEqualTo(200);
  }

  @Test
  void ranges_are_for_get_alone() {
    Reply reply = cached.ask("HEAD", "/f.bin", "Range", "bytes=0-1");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Length")).isEqualTo("1000");
    assertThat(cached.ask("HEAD", "/f.bin", "Range", "bytes=5000-").status()).isEqualTo(200);
  }

  @Test
  void an_empty_file_has_no_ranges() throws IOException {
    grounds.put("empty", "");
    for (String range : new String[] {"bytes=0-", "bytes=0-0", "bytes=-1", "bytes=5-9"}) {
      Reply reply = cached.get("/empty", "Range", range);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("Content-Length")).isEqualTo("0");
    }
  }

  @Test
  void if_range_gives_the_whole_of_another_version() {
    assertThat(get("Range", "bytes=0-1", "If-Range", tag()).status()).isEqualTo(206);
    assertThat(get("Range", "bytes=0-1", "If-Range", SAME).status()).isEqualTo(206);
    assertThat(get("Range", "bytes=0-1", "If-Range", "\"x\"").status()).isEqualTo(200);
    assertThat(get("Range", "bytes=0-1", "If-Range", BEFORE).status()).isEqualTo(200);
    assertThat(get("Range", "bytes=5000-", "If-Range", "\"x\"").status()).isEqualTo(200);
    assertThat(get("If-Range", tag()).status()).isEqualTo(200);
  }

  @Test
  void a_file_that_has_just_changed_has_weak_validators() throws IOException {
    Instant justNow = Grounds.NOW.minusMillis(999);
    grounds.put("young", "Hello".getBytes(StandardCharsets.UTF_8), justNow);
    Instant before = Grounds.NOW.minusMillis(1_001);
    grounds.put("old", "Hello".getBytes(StandardCharsets.UTF_8), before);
    Instant ahead = Grounds.NOW.plusSeconds(100);
    grounds.put("future", "Hello".getBytes(StandardCharsets.UTF_8), ahead);
    assertThat(cached.get("/old").header("ETag")).startsWith("\"");
    assertThat(cached.get("/young").header("ETag")).startsWith("W/\"");
    assertThat(cached.get("/future").header("ETag")).startsWith("W/\"");
    assertThat(cached.get("/future").header("Last-Modified"))
        .isEqualTo(HttpDate.format(Grounds.NOW));
    for (String name : new String[] {"/young", "/future"}) {
      Reply reply = cached.get(name);
      assertThat(cached.get(name, "If-None-Match", reply.header("ETag")).status()).isEqualTo(304);
      assertThat(cached.get(name, "If-Match", reply.header("ETag")).status()).isEqualTo(412);
      for (String validator : new String[] {reply.header("ETag"), reply.header("Last-Modified")}) {
        assertThat(cached.get(name, "Range", "bytes=0-1", "If-Range", validator).status())
            .isEqualTo(200);
      }
    }
  }

  @Test
  void a_large_file_is_cut_where_it_shall_be() throws IOException {
    byte[] bytes = Grounds.pattern(500_000);
    grounds.put("large", bytes, Grounds.LONG_AGO);
    for (int i = 0; i < 2; i++) {
      Reply reply = cached.get("/large", "Range", "bytes=123456-234567");
      assertThat(reply.body()).isEqualTo(java.util.Arrays.copyOfRange(bytes, 123_456, 234_568));
      Reply parts = cached.get("/large", "Range", "bytes=400000-400009,7-11");
      String latin = new String(bytes, StandardCharsets.ISO_8859_1);
      assertThat(parts.parts())
          .containsExactly(
              "bytes 400000-400009/500000 " + latin.substring(400_000, 400_010),
              "bytes 7-11/500000 " + latin.substring(7, 12));
    }
  }
}
