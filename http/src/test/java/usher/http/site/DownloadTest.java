package usher.http.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import usher.http.HttpException;
import usher.http.HttpRequest;
import usher.http.HttpResponse;

/// A file that somebody has opened, as an answer.
final class DownloadTest {
  private static final Version VERSION = new Version("v1", Instant.ofEpochSecond(1_000_000, 5));

  private final FileChannel file;

  DownloadTest(@TempDir Path folder) throws IOException {
    Path path = folder.resolve("a");
    Files.writeString(path, "0123456789");
    this.file = FileChannel.open(path);
  }

  @AfterEach
  void closed_in_any_case() {
    assertThat(file.isOpen()).isFalse();
  }

  private HttpResponse answer(String... headers) throws IOException {
    return new Download(file, 10, "text/plain", VERSION)
        .answer(HttpRequest.of("GET", "/a", headers));
  }

  private void sent(HttpResponse response, long length) throws IOException {
    assertThat(response.body().length()).isEqualTo(length);
    assertThat(file.isOpen()).isTrue();
    response.body().close();
  }

  private void refused(int status, String... headers) {
    assertThatThrownBy(() -> answer(headers))
        .isInstanceOfSatisfying(
            HttpException.class, thrown -> assertThat(thrown.status()).isEqualTo(status));
  }

  @Test
  void whole_it_is_closed_when_it_is_sent() throws IOException {
    HttpResponse response = answer();
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers().first("ETag")).isEqualTo("\"v1\"");
    assertThat(response.headers().first("Last-Modified"))
        .isEqualTo("Mon, 12 Jan 1970 13:46:40 GMT");
    sent(response, 10);
  }

  @Test
  void a_part_is_closed_when_it_is_sent() throws IOException {
    HttpResponse response = answer("Range", "bytes=2-4");
    assertThat(response.status()).isEqualTo(206);
    sent(response, 3);
  }

  @Test
  void what_the_client_has_is_closed_at_once() throws IOException {
    assertThat(answer("If-None-Match", "\"v1\"").status()).isEqualTo(304);
  }

  @Test
  void a_condition_that_fails_closes_it() {
    refused(412, "If-Match", "\"v2\"");
  }

  @Test
  void a_part_that_is_not_there_closes_it() {
    refused(416, "Range", "bytes=10-");
  }

  @Test
  void changes_are_let_through_by_their_conditions() throws IOException {
    file.close();
    Version.require(put("If-Match", "\"v1\""), VERSION);
    Version.require(put("If-None-Match", "*"), null);
    Version.require(put(), null);
    Version.require(put(), VERSION);
    for (HttpRequest request :
        new HttpRequest[] {put("If-Match", "W/\"v1\""), put("If-None-Match", "*")}) {
      assertThatThrownBy(() -> Version.require(request, VERSION)).hasMessageContaining("version");
    }
    assertThatThrownBy(() -> Version.require(put("If-Match", "*"), null))
        .hasMessageContaining("no such file");
    for (String tag : new String[] {"a b", "a\"", "\u00e4", "\u007f"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new Version(tag, Instant.EPOCH));
    }
  }

  private static HttpRequest put(String... headers) {
    return HttpRequest.of("PUT", "/a", headers);
  }
}
