package usher.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import usher.session.Step;
import usher.testkit.drive.Rehearsal;

/// How bodies are sent, and that each is closed once, whatever becomes of it.
final class ResponseBodiesTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String HEAD = "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n";

  @TempDir Path folder;
  private final List<String> failures = new ArrayList<>();
  private int closed;

  private Rehearsal rehearsal(HttpResponse response) {
    return rehearsal(_ -> response);
  }

  private Rehearsal rehearsal(HttpHandler handler) {
    return Rehearsal.of(
        HttpProtocol.of(handler)
            .withFailures((_, thrown) -> failures.add(String.valueOf(thrown.getMessage()))));
  }

  private static String body(Rehearsal rehearsal) {
    String text = rehearsal.text();
    return text.substring(text.indexOf("\r\n\r\n") + 4);
  }

  private ResponseBody.FileRegion file(String content, long offset, long length)
      throws IOException {
    Path path = Files.writeString(folder.resolve("file"), content);
    return new ResponseBody.FileRegion(FileChannel.open(path), offset, length, () -> closed++);
  }

  /// A source with a number for each pull: how many bytes it puts, and how many it says.
  private final class Scripted implements ResponseBody.Source {
    private final List<Integer> puts;
    private final long length;
    private final Step.Kind kind;
    private int next;
    int room;

    Scripted(Step.Kind kind, long length, Integer... puts) {
      this.kind = kind;
      this.length = length;
      this.puts = List.of(puts);
    }

    @Override
    public int pull(ByteBuffer into) {
      room = into.remaining();
      if (next == puts.size()) {
        return -1;
      }
      int count = puts.get(next++);
      if (count < 0) {
        into.put((byte) 'x');
        return count + 1_000;
      }
      into.put("x".repeat(Math.min(count, room)).getBytes(StandardCharsets.ISO_8859_1));
      return Math.min(count, room);
    }

    @Override
    public Step.Kind kind() {
      return kind;
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public void close() {
      closed++;
    }
  }

  private Scripted unknown(Integer... puts) {
    return new Scripted(Step.Kind.INLINE, ResponseBody.UNKNOWN, puts);
  }

  @Test
  void bytes_of_every_size_arrive_and_can_be_sent_again() {
    for (int size : new int[] {1, 1_023, 1_024, 1_025, 100_000}) {
      ByteBuffer bytes = ByteBuffer.allocate(size + 2);
      bytes.position(1).limit(size + 1);
      HttpResponse response = HttpResponse.of("a/b", new ResponseBody.Bytes(bytes));
      var rehearsal = rehearsal(response).send(GET + GET);
      assertThat(rehearsal.text().split("Content-Length: " + size, -1)).hasSize(3);
      assertThat(body(rehearsal).length()).isGreaterThan(2 * size);
      assertThat(bytes.remaining()).isEqualTo(size);
    }
  }

  @Test
  void a_region_of_a_file_arrives_and_is_closed() throws IOException {
    var rehearsal = rehearsal(HttpResponse.of("a/b", file("0123456789", 2, 5))).send(GET);
    assertThat(body(rehearsal)).isEqualTo("23456");
    assertThat(closed).isEqualTo(1);
    assertThat(rehearsal.open()).isTrue();
  }

  @Test
  void an_empty_region_sends_nothing_and_is_closed() throws IOException {
    var rehearsal = rehearsal(HttpResponse.of("a/b", file("0123456789", 10, 0))).send(GET);
    assertThat(rehearsal.text()).contains("Content-Length: 0\r\n");
    assertThat(closed).isEqualTo(1);
  }

  @Test
  void a_file_that_has_shrunk_ends_the_connection_and_is_closed() throws IOException {
    var rehearsal = rehearsal(HttpResponse.of("a/b", file("0123456789", 2, 50))).send(GET);
    assertThat(rehearsal.ended()).isEqualTo(Rehearsal.End.FAILED);
    assertThat(closed).isEqualTo(1);
  }

  @Test
  void a_body_that_is_not_sent_is_closed() throws IOException {
    rehearsal(HttpResponse.of("a/b", file("0123456789", 2, 5))).send(HEAD);
    rehearsal(HttpResponse.of("a/b", file("0123456789", 2, 5)).withStatus(304)).send(GET);
    rehearsal(HttpResponse.of("a/b", unknown(1)).withStatus(204)).send(GET);
    assertThat(closed).isEqualTo(3);
  }

  @Test
  void a_sequence_is_closed_as_a_whole() throws IOException {
    var sequence =
        new ResponseBody.Sequence(
            List.of(
                file("0123456789", 1, 2),
                new ResponseBody.Bytes(ByteBuffer.wrap(new byte[] {'-'})),
                new Scripted(Step.Kind.BLOCKING, 3, 2, 5),
                file("0123456789", 4, 3)));
    var rehearsal = rehearsal(HttpResponse.of("a/b", sequence)).send(GET);
    assertThat(body(rehearsal)).isEqualTo("12-xxx456");
    assertThat(closed).isEqualTo(3);
  }

  @Test
  void a_claimed_length_is_sent_if_it_is_one() {
    for (String claim : new String[] {"x1", "", "1x", "+1", "1".repeat(19)}) {
      HttpResponse response = HttpResponse.status(304).header("Content-Length", claim);
      assertThat(rehearsal(response).send(GET).text()).doesNotContain("Content-Length");
    }
    HttpResponse response = HttpResponse.status(304).header("Content-Length", "1".repeat(18));
    assertThat(rehearsal(response).send(GET).text())
        .contains("\r\nContent-Length: " + "1".repeat(18) + "\r\n");
  }

  @Test
  void a_source_is_pulled_a_buffer_at_a_time() {
    var source = unknown(16 << 10, 1, 0x123);
    var rehearsal = rehearsal(HttpResponse.of("a/b", source)).send(GET);
    assertThat(body(rehearsal))
        .isEqualTo(
            "4000\r\n"
                + "x".repeat(16 << 10)
                + "\r\n1\r\nx\r\n123\r\n"
                + "x".repeat(0x123)
                + "\r\n0\r\n\r\n");
    assertThat(source.room).isEqualTo(16 << 10);
    assertThat(closed).isEqualTo(1);
  }

  @Test
  void a_source_of_known_length_is_offered_no_more_room_than_that() {
    var source = new Scripted(Step.Kind.INLINE, 5, 3, 100);
    var rehearsal = rehearsal(HttpResponse.of("a/b", source)).send(GET + GET.replace("/", "/b"));
    assertThat(body(rehearsal)).startsWith("xxxxxHTTP/1.1 ");
    assertThat(source.room).isEqualTo(2);
    var none = new Scripted(Step.Kind.INLINE, 0, 1);
    assertThat(body(rehearsal(HttpResponse.of("a/b", none)).send(GET))).isEmpty();
    assertThat(none.room).isZero();
  }

  @Test
  void an_empty_source_of_unknown_length_ends_at_once() {
    assertThat(body(rehearsal(HttpResponse.of("a/b", unknown())).send(GET))).isEqualTo("0\r\n\r\n");
  }

  @Test
  void a_source_that_breaks_its_rules_resets_the_connection() {
    for (Scripted source :
        List.of(
            unknown(0),
            unknown(3, 0),
            unknown(-998),
            unknown(-900),
            new Scripted(Step.Kind.BLOCKING, 4, 3))) {
      closed = 0;
      failures.clear();
      var rehearsal = rehearsal(HttpResponse.of("a/b", source)).send(GET);
      assertThat(rehearsal.ended()).isEqualTo(Rehearsal.End.ABORTED);
      assertThat(closed).isEqualTo(1);
      assertThat(failures).hasSize(1);
    }
  }

  @Test
  void a_source_that_cannot_be_sent_is_a_defect_before_anything_is_sent() {
    for (Scripted source :
        List.of(new Scripted(Step.Kind.ASYNC, 4, 3), new Scripted(Step.Kind.INLINE, -2, 3))) {
      closed = 0;
      failures.clear();
      var rehearsal = rehearsal(HttpResponse.of("a/b", source)).send(GET);
      assertThat(rehearsal.text()).startsWith("HTTP/1.1 500 ").contains("Content-Length: 61\r\n");
      assertThat(closed).isEqualTo(1);
      assertThat(failures).hasSize(1);
    }
  }

  @Test
  void a_failure_to_close_is_told_and_does_no_harm() {
    var source =
        new ResponseBody.Source() {
          @Override
          public int pull(ByteBuffer into) {
            return -1;
          }

          @Override
          public void close() throws IOException {
            throw new IOException("cannot close");
          }
        };
    var rehearsal = rehearsal(HttpResponse.of("a/b", source)).send(GET);
    assertThat(body(rehearsal)).isEqualTo("0\r\n\r\n");
    assertThat(rehearsal.open()).isTrue();
    assertThat(failures).containsExactly("cannot close");
  }

  @Test
  void a_connection_lost_before_the_handler_ended_closes_what_it_answers() {
    var blocking = new Scripted(Step.Kind.BLOCKING, 4, 4);
    var rehearsal = rehearsal(HttpResponse.of("a/b", blocking)).hold().send(GET).lose();
    // A handler that had not begun is not called any more.
    rehearsal.release();
    assertThat(closed).isZero();

    var lost = new ArrayList<Rehearsal>();
    var during =
        rehearsal(
                _ -> {
                  lost.get(0).lose();
                  return HttpResponse.of("a/b", blocking);
                })
            .hold()
            .send(GET);
    lost.add(during);
    during.release();
    assertThat(closed).isEqualTo(1);
  }

  @Test
  void a_connection_lost_while_a_source_is_pulled_closes_it_when_the_pull_has_ended() {
    var lost = new ArrayList<Rehearsal>();
    var source =
        new ResponseBody.Source() {
          @Override
          public int pull(ByteBuffer into) {
            lost.get(0).lose();
            assertThat(closed).isZero();
            return -1;
          }

          @Override
          public void close() {
            closed++;
          }
        };
    var rehearsal = rehearsal(HttpResponse.of("a/b", source)).hold().send(GET).release();
    assertThat(rehearsal.held()).isEqualTo(1);
    lost.add(rehearsal);
    rehearsal.release();
    assertThat(closed).isEqualTo(1);
  }

  @Test
  void a_connection_lost_between_two_pulls_closes_the_source() {
    var source = new Scripted(Step.Kind.BLOCKING, ResponseBody.UNKNOWN, 1, 1);
    var rehearsal =
        rehearsal(HttpResponse.of("a/b", source)).hold().send(GET).release().release().lose();
    assertThat(rehearsal.held()).isEqualTo(1);
    assertThat(closed).isZero();
    rehearsal.release();
    assertThat(closed).isEqualTo(1);
  }
}
