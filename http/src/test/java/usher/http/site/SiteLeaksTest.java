package usher.http.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import usher.testkit.Leaks;
import usher.testkit.Seeds;
import usher.testkit.drive.Rehearsal;

/// Whatever is asked for, no file stays open.
final class SiteLeaksTest {
  private static final String[][] FIELDS = {
    {},
    {"Range", "bytes=5-9"},
    {"Range", "bytes=5-9,5000-5001,-3"},
    {"Range", "bytes=900000-"},
    {"Accept-Encoding", "gzip"},
    {"Accept-Encoding", "br", "Range", "bytes=0-0,-1"},
    {"If-None-Match", "*"},
    {"If-Match", "\"x\""},
    {"If-Modified-Since", "Sun, 06 Nov 2044 08:49:37 GMT"}
  };

  @TempDir Path folder;

  private Site site(boolean cached) throws IOException {
    var grounds = new Grounds(folder);
    grounds.put("large.txt", "x".repeat(100_000));
    grounds.put("large.txt.br", "y".repeat(80_000));
    grounds.put("other.txt", "z".repeat(90_000));
    grounds.put("small.txt", "x".repeat(5_000));
    Site.Builder builder = grounds.site();
    return cached
        ? builder.cache(new CacheLimits(10, 1 << 20, 2, 64 << 10, Duration.ofSeconds(1))).build()
        : builder.noCache().build();
  }

  @Test
  void answers_that_were_sent_leave_nothing_open() throws IOException {
    for (boolean cached : new boolean[] {true, false}) {
      Site site = site(cached);
      Guest guest = new Guest(site);
      guest.get("/small.txt", "Accept-Encoding", "gzip");
      Leaks before = Leaks.now("usher-");
      Seeds.each(
          100,
          gen -> {
            String name = gen.oneOf("/large.txt", "/other.txt", "/small.txt", "/", "/none");
            String[] fields = FIELDS[gen.between(0, FIELDS.length - 1)];
            guest.ask(gen.oneOf("GET", "HEAD"), name, fields);
          });
      assertThat(guest.failures).isEmpty();
      site.close();
      before.awaitNone(Duration.ofSeconds(10));
    }
  }

  @Test
  void answers_that_were_lost_leave_nothing_open() throws IOException {
    for (boolean cached : new boolean[] {true, false}) {
      Site site = site(cached);
      Guest guest = new Guest(site);
      Leaks before = Leaks.now("usher-");
      for (int i = 0; i < 3; i++) {
        for (String field : new String[] {"X: y", "Range: bytes=0-0,-1", "Accept-Encoding: gzip"}) {
          var rehearsal = Rehearsal.of(guest.protocol()).hold();
          rehearsal.send("GET /other.txt HTTP/1.1\r\nHost: x\r\n" + field + "\r\n\r\n");
          rehearsal.lose();
          while (rehearsal.held() > 0) {
            rehearsal.release();
          }
        }
      }
      assertThat(guest.failures).isEmpty();
      site.close();
      before.awaitNone(Duration.ofSeconds(10));
    }
  }
}
