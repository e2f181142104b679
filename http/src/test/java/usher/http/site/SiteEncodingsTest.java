package usher.http.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which encoding a client gets, and what its validators are.
final class SiteEncodingsTest {
  private static final String CSS = "a { color: red }\n".repeat(200);

  @TempDir Path folder;
  private Grounds grounds;

  @BeforeEach
  void grounds() {
    grounds = new Grounds(folder);
  }

  private Guest guest() throws IOException {
    return new Guest(grounds.site().build());
  }

  private static byte[] gzip(String text) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private void putSiblings(Instant modified) throws IOException {
    grounds.put("a.css", CSS);
    grounds.put("a.css.gz", gzip(CSS + "/* gz */"), modified);
    grounds.put("a.css.br", "brotli".getBytes(StandardCharsets.UTF_8), modified);
  }

  @Test
  void a_precompressed_sibling_is_sent_to_who_accepts_it() throws IOException {
    putSiblings(Grounds.LONG_AGO);
    for (Guest guest : new Guest[] {guest(), new Guest(grounds.site().noCache().build())}) {
      for (int i = 0; i < 2; i++) {
        Reply br = guest.get("/a.css", "Accept-Encoding", "gzip, br");
        assertThat(br.text()).isEqualTo("brotli");
        assertThat(br.header("Content-Encoding")).isEqualTo("br");
        assertThat(br.header("Content-Type")).isEqualTo("text/css; charset=utf-8");
        assertThat(br.header("Vary")).isEqualTo("Accept-Encoding");
        Reply gz = guest.get("/a.css", "Accept-Encoding", "gzip");
        assertThat(gz.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(new String(gz.plain(), StandardCharsets.UTF_8)).isEqualTo(CSS + "/* gz */");
        Reply plain = guest.get("/a.css");
        assertThat(plain.text()).isEqualTo(CSS);
        assertThat(plain.headers().has("Content-Encoding")).isFalse();
        assertThat(plain.header("Vary")).isEqualTo("Accept-Encoding");
        assertThat(br.header("Last-Modified")).isEqualTo(plain.header("Last-Modified"));
        assertThat(br.header("ETag")).startsWith("\"").endsWith("-br\"");
        assertThat(gz.header("ETag")).startsWith("\"").endsWith("-gzip\"");
        assertThat(plain.header("ETag")).startsWith("\"").isNotEqualTo(gz.header("ETag"));
      }
    }
  }

  @Test
  void conditions_and_ranges_go_by_the_encoding_that_would_be_sent() throws IOException {
    putSiblings(Grounds.LONG_AGO);
    Guest guest = guest();
    String br = guest.get("/a.css", "Accept-Encoding", "br").header("ETag");
    assertThat(guest.get("/a.css", "Accept-Encoding", "br", "If-None-Match", br).status())
        .isEqualTo(304);
    assertThat(guest.get("/a.css", "If-None-Match", br).status()).isEqualTo(200);
    Reply unchanged = guest.get("/a.css", "Accept-Encoding", "br", "If-None-Match", br);
    assertThat(unchanged.header("Vary")).isEqualTo("Accept-Encoding");
    Reply part = guest.get("/a.css", "Accept-Encoding", "br", "Range", "bytes=1-3");
    assertThat(part.text()).isEqualTo("rot");
    assertThat(part.header("Content-Range")).isEqualTo("bytes 1-3/6");
    assertThat(part.header("Content-Encoding")).isEqualTo("br");
  }

  @Test
  void an_older_sibling_is_out_of_date() throws IOException {
    putSiblings(Grounds.LONG_AGO.minusNanos(1_000_000));
    Reply reply = guest().get("/a.css", "Accept-Encoding", "br, gzip");
    assertThat(reply.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(new String(reply.plain(), StandardCharsets.UTF_8)).isEqualTo(CSS);
  }

  @Test
  void siblings_may_be_left_alone() throws IOException {
    putSiblings(Grounds.LONG_AGO);
    Guest guest = new Guest(grounds.site().precompressed(false).gzip(false).build());
    Reply reply = guest.get("/a.css", "Accept-Encoding", "br, gzip");
    assertThat(reply.text()).isEqualTo(CSS);
    assertThat(reply.headers().has("Vary")).isFalse();
    Reply direct = guest().get("/a.css.gz", "Accept-Encoding", "br, gzip");
    assertThat(direct.header("Content-Type")).isEqualTo("application/gzip");
    assertThat(direct.headers().has("Content-Encoding")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1_024, 5_000, 65_536, 65_537, 200_000, 1_000_000})
  void text_is_compressed_on_the_way(int size) throws IOException {
    String text = "All work and no play makes Jack a dull boy. ".repeat(size / 44 + 1);
    byte[] bytes = text.substring(0, size).getBytes(StandardCharsets.UTF_8);
    grounds.put("a.txt", bytes, Grounds.LONG_AGO);
    for (Guest guest : new Guest[] {guest(), new Guest(grounds.site().noCache().build())}) {
      for (int i = 0; i < 2; i++) {
        Reply reply = guest.get("/a.txt", "Accept-Encoding", "gzip");
        assertThat(reply.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(reply.header("Vary")).isEqualTo("Accept-Encoding");
        assertThat(reply.header("ETag")).startsWith("W/\"").endsWith("-gzip\"");
        assertThat(reply.body().length).isLessThan(size / 4);
        assertThat(reply.plain()).isEqualTo(bytes);
        String tag = reply.header("ETag");
        assertThat(guest.get("/a.txt", "Accept-Encoding", "gzip", "If-None-Match", tag).status())
            .isEqualTo(304);
        assertThat(guest.get("/a.txt", "If-None-Match", tag).status()).isEqualTo(200);
        assertThat(guest.get("/a.txt").body()).isEqualTo(bytes);
      }
    }
  }

  @Test
  void what_would_not_become_smaller_or_is_no_text_stays_as_it_is() throws IOException {
    grounds.put("tiny.txt", "a".repeat(1_023));
    grounds.put("photo.png", "a".repeat(5_000));
    grounds.put("dense.txt", usher(5_000), Grounds.LONG_AGO);
    for (String name : new String[] {"/tiny.txt", "/photo.png", "/dense.txt"}) {
      Reply reply = guest().get(name, "Accept-Encoding", "gzip");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.headers().has("Content-Encoding")).as(name).isFalse();
      assertThat(reply.header("Accept-Ranges")).isEqualTo("bytes");
    }
  }

  /// Bytes that no compressor can make smaller.
  private static byte[] usher(int size) {
    var bytes = new byte[size];
    new java.util.Random(42).nextBytes(bytes);
    return bytes;
  }

  @Test
  void text_above_the_most_is_not_compressed() throws IOException {
    try (var file = new java.io.RandomAccessFile(folder.resolve("huge.txt").toFile(), "rw")) {
      file.setLength(Loader.GZIP_MOST + 1);
    }
    Reply reply = guest().ask("HEAD", "/huge.txt", "Accept-Encoding", "gzip");
    assertThat(reply.headers().has("Content-Encoding")).isFalse();
    try (var file = new java.io.RandomAccessFile(folder.resolve("huge.txt").toFile(), "rw")) {
      file.setLength(Loader.GZIP_MOST);
    }
    assertThat(
            guest().ask("HEAD", "/huge.txt", "Accept-Encoding", "gzip").header("Content-Encoding"))
        .isEqualTo("gzip");
  }

  @Test
  void a_range_of_text_that_would_be_compressed_is_cut_from_the_plain_file() throws IOException {
    String text = "0123456789".repeat(20_000);
    grounds.put("large.txt", text);
    Guest guest = guest();
    for (int i = 0; i < 2; i++) {
      Reply part =
          guest.get("/large.txt", "Accept-Encoding", "gzip", "Range", "bytes=100005-100009");
      assertThat(part.status()).isEqualTo(206);
      assertThat(part.text()).isEqualTo("56789");
      assertThat(part.headers().has("Content-Encoding")).isFalse();
      assertThat(part.header("Vary")).isEqualTo("Accept-Encoding");
    }
  }

  @Test
  void a_sibling_that_leads_outside_is_not_there(@TempDir Path outside) throws IOException {
    grounds.put("a.css", CSS);
    Path secret = outside.resolve("secret.br");
    java.nio.file.Files.writeString(secret, "secret");
    java.nio.file.Files.createSymbolicLink(folder.resolve("a.css.br"), secret);
    Reply reply = guest().get("/a.css", "Accept-Encoding", "br");
    assertThat(reply.text()).isEqualTo(CSS);
  }
}
