package usher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HttpResponseTest {
  @Test
  void factories_say_what_they_send() {
    HttpResponse text = HttpResponse.text("hä");
    assertThat(text.status()).isEqualTo(200);
    assertThat(text.headers().first("content-type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(text.body().length()).isEqualTo(3);
    assertThat(HttpResponse.text("").body()).isEqualTo(ResponseBody.Empty.EMPTY);
    assertThat(HttpResponse.html("<p>").headers().first("Content-Type"))
        .isEqualTo("text/html; charset=utf-8");
    assertThat(HttpResponse.bytes("image/png", new byte[2]).toString())
        .isEqualTo("200\nContent-Type: image/png\n");
    assertThat(HttpResponse.redirect(303, "/there").toString())
        .isEqualTo("303\nLocation: /there\n");
    assertThat(HttpResponse.status(404).body().length()).isZero();
  }

  @Test
  void statuses_have_a_range() {
    assertThat(HttpResponse.status(200).withStatus(599).status()).isEqualTo(599);
    for (int status : new int[] {0, 100, 101, 199, 600, -1}) {
      assertThatIllegalArgumentException().isThrownBy(() -> HttpResponse.status(status));
    }
  }

  @Test
  void headers_are_set_and_added() {
    HttpResponse response =
        HttpResponse.status(200)
            .header("A", "1")
            .header("a", "2")
            .addHeader("Set-Cookie", "b")
            .addHeader("Set-Cookie", "c");
    assertThat(response.headers().toString()).isEqualTo("a: 2\nSet-Cookie: b\nSet-Cookie: c\n");
    assertThat(response.withHeaders(Headers.of("D", "4")).headers().toString()).isEqualTo("D: 4\n");
  }

  @Test
  void a_header_cannot_end_its_line() {
    for (String value : new String[] {"a\r\nb", "a\nb", "a\rb", "a\0b", "a\u0100b", "a\u560db"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> HttpResponse.status(200).header("X", value));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> HttpResponse.status(200).addHeader("X", value));
      assertThatIllegalArgumentException().isThrownBy(() -> HttpResponse.redirect(302, value));
      assertThatIllegalArgumentException().isThrownBy(() -> HttpResponse.bytes(value, new byte[0]));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpResponse.status(200).header("X: a\r\nY", "b"));
  }

  @Test
  void headers_of_the_server_are_refused() {
    for (String name :
        new String[] {"Transfer-Encoding", "trailer", "UPGRADE", "Keep-Alive", "Connection"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> HttpResponse.status(200).header(name, "chunked"));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> HttpResponse.status(200).addHeader(name, "chunked"));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> HttpResponse.status(200).withHeaders(Headers.of(name, "chunked")));
    }
    assertThat(HttpResponse.status(200).header("Connection", "Close").headers().size())
        .isEqualTo(1);
  }

  @Test
  void a_file_is_opened_and_measured(@TempDir Path folder) throws IOException {
    Path path = Files.writeString(folder.resolve("a.txt"), "content");
    HttpResponse response = HttpResponse.file("text/plain", path);
    assertThat(response.body()).isInstanceOf(ResponseBody.FileRegion.class);
    assertThat(response.body().length()).isEqualTo(7);
    FileChannel file = ((ResponseBody.FileRegion) response.body()).file();
    response.body().close();
    assertThat(file.isOpen()).isFalse();
    assertThatThrownBy(() -> HttpResponse.file("text/plain", folder.resolve("b.txt")))
        .isInstanceOf(NoSuchFileException.class);
    // A folder can be opened and has a size, but is no file.
    assertThatThrownBy(() -> HttpResponse.file("text/plain", folder))
        .isInstanceOf(IOException.class);
  }

  @Test
  void regions_are_checked(@TempDir Path folder) throws IOException {
    Path path = Files.createFile(folder.resolve("a.txt"));
    try (var file = FileChannel.open(path)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new ResponseBody.FileRegion(file, -1, 1, null));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new ResponseBody.FileRegion(file, 1, -1, null));
      new ResponseBody.FileRegion(file, 0, 0, null).close();
      assertThat(file.isOpen()).isTrue();
    }
  }

  @Test
  void a_sequence_has_the_length_of_its_parts_and_closes_them_all() throws IOException {
    var closed = new ArrayList<String>();
    var bytes = new ResponseBody.Bytes(ByteBuffer.wrap(new byte[5], 1, 3));
    var sequence =
        new ResponseBody.Sequence(
            List.of(part(2, closed, "a"), bytes, failing(closed, "b"), part(4, closed, "c")));
    assertThat(sequence.length()).isEqualTo(10);
    assertThatThrownBy(sequence::close).isInstanceOf(IOException.class).hasMessage("b");
    assertThat(closed).containsExactly("a", "b", "c");
    new ResponseBody.Sequence(List.of(bytes)).close();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ResponseBody.Sequence(List.of(new Demo.Lines("a"))));
  }

  private static ResponseBody part(long length, List<String> closed, String name) {
    return new ResponseBody.Source() {
      @Override
      public int pull(ByteBuffer into) {
        return -1;
      }

      @Override
      public long length() {
        return length;
      }

      @Override
      public void close() {
        closed.add(name);
      }
    };
  }

  private static ResponseBody failing(List<String> closed, String name) {
    return new ResponseBody.Source() {
      @Override
      public int pull(ByteBuffer into) {
        return -1;
      }

      @Override
      public long length() {
        return 1;
      }

      @Override
      public void close() throws IOException {
        closed.add(name);
        throw new IOException(name);
      }
    };
  }

  @Test
  void refusals_have_statuses_of_errors() {
    assertThat(new HttpException(404, "gone").status()).isEqualTo(404);
    assertThat(new HttpException(404, "gone").getStackTrace()).isEmpty();
    assertThat(new HttpException(500, "broken").getStackTrace()).isNotEmpty();
    for (int status : new int[] {200, 399, 600}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new HttpException(status, "x"));
    }
  }
}
