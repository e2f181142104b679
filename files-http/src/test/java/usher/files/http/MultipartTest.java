package usher.files.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import usher.testkit.Seeds;
import usher.testkit.Split;
import usher.testkit.Splits;

/// Forms, at any splits.
final class MultipartTest {
  private static final String HEAD = "Content-Disposition: form-data; name=\"f\"\r\n\r\n";

  /// What was told, data joined.
  private static final class Told implements Multipart.Parts {
    private final List<String> events = new ArrayList<>();
    private final StringBuilder data = new StringBuilder();

    @Override
    public void begin(PartHead head) {
      events.add("begin " + head.name() + head.filename().map(name -> " " + name).orElse(""));
    }

    @Override
    public void data(ByteBuffer bytes) {
      assertThat(bytes.hasRemaining()).isTrue();
      data.append(StandardCharsets.ISO_8859_1.decode(bytes));
    }

    @Override
    public void end() {
      events.add(data.toString());
      data.setLength(0);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static List<String> read(String boundary, Split split) {
    Told seen = new Told();
    Multipart form = new Multipart(boundary, seen);
    for (byte[] part : split.parts()) {
      form.feed(ByteBuffer.wrap(part));
    }
    form.end();
    return seen.events;
  }

  private static List<String> read(String form) {
    return read("B", Splits.whole(bytes(form)));
  }

  private static void refused(String form) {
    assertThatIllegalArgumentException().as(form).isThrownBy(() -> read(form));
  }

  @Test
  void the_same_comes_of_a_form_however_it_is_split() {
    String form =
        "a preamble\r\n--B \t\r\n"
            + "Content-Disposition: form-data; name=\"text\"\r\n\r\nof text\r\n--B\r\n"
            + "content-type: text/plain\r\nCONTENT-DISPOSITION: Form-Data; name=f;"
            + " filename=\"a.txt\"\r\n\r\n\r\n\r\r\n--\r\n--A\r\n--b\n--B\r\n--B\r\n"
            + HEAD
            + "\r\n--B--\r\nan epilogue\r\n--B\r\n";
    Seeds.each(
        1,
        gen -> {
          for (Split split : Splits.all(bytes(form), 50, gen)) {
            assertThat(read("B", split))
                .as(split.name())
                .containsExactly(
                    "begin text",
                    "of text",
                    "begin f a.txt",
                    "\r\n\r\r\n--\r\n--A\r\n--b\n--B",
                    "begin f",
                    "");
          }
        });
  }

  @Test
  void a_form_without_parts_is_one() {
    assertThat(read("--B--")).isEmpty();
    assertThat(read("\r\n--B--\r\n")).isEmpty();
  }

  @Test
  void what_stands_before_the_first_line_is_no_boundary_unless_it_begins_one() {
    refused("x--B--");
    refused("x\n--B--");
  }

  @Test
  void a_form_that_ends_early_is_refused_wherever() {
    String form = "--B\r\n" + HEAD + "data\r\n--B--";
    for (int length = 0; length < form.length(); length++) {
      refused(form.substring(0, length));
    }
    assertThat(read(form)).containsExactly("begin f", "data");
  }

  @Test
  void a_boundary_must_end_its_line() {
    refused("--BX\r\n" + HEAD + "\r\n--B--");
    refused("--B\n" + HEAD + "\r\n--B--");
    refused("--B-\r\n" + HEAD + "\r\n--B--");
    refused("--B \r \r\n" + HEAD + "\r\n--B--");
    refused("--B --");
  }

  @Test
  void a_head_is_lines_that_end_with_both() {
    refused("--B\r\nContent-Disposition: form-data; name=f\n\r\n\r\n--B--");
    refused("--B\r\n\r\ndata\r\n--B--");
    refused("--B\r\nContent-Disposition: attachment; name=f\r\n\r\n\r\n--B--");
    refused("--B\r\nContent-Disposition: form-data\r\n\r\n\r\n--B--");
    refused("--B\r\nContent-Disposition: form-data; filename=f\r\n\r\n\r\n--B--");
    refused("--B\r\nContent-Disposition: form-data; name=\"f\r\n\r\n\r\n--B--");
  }

  @Test
  void a_head_has_its_limit() {
    for (int more : new int[] {-1, 0}) {
      String padding = "x".repeat(Multipart.MOST_HEAD - HEAD.length() - "X: \r\n".length() + more);
      assertThat(read("--B\r\nX: " + padding + "\r\n" + HEAD + "\r\n--B--")).hasSize(2);
    }
    String padding = "x".repeat(Multipart.MOST_HEAD - HEAD.length() - "X: \r\n".length() + 1);
    refused("--B\r\nX: " + padding + "\r\n" + HEAD + "\r\n--B--");
    refused("--B" + " ".repeat(Multipart.MOST_HEAD) + "\r\n" + HEAD + "\r\n--B--");
  }

  @Test
  void a_form_has_so_many_parts_at_most() {
    String part = "--B\r\n" + HEAD + "\r\n";
    assertThat(read(part.repeat(Multipart.MOST_PARTS - 1) + "--B--"))
        .hasSize(2 * Multipart.MOST_PARTS - 2);
    assertThat(read(part.repeat(Multipart.MOST_PARTS) + "--B--")).hasSize(2 * Multipart.MOST_PARTS);
    refused(part.repeat(Multipart.MOST_PARTS + 1) + "--B--");
  }

  @Test
  void boundaries_are_those_of_mime() {
    for (String boundary : new String[] {"a", "a".repeat(70), "----WebKit'()+_,-./:=? x"}) {
      assertThatCode(() -> new Multipart(boundary, new Told())).doesNotThrowAnyException();
    }
    for (String boundary : new String[] {"", "a".repeat(71), "a ", "a\r", "\u00e4"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new Multipart(boundary, new Told()));
    }
  }

  @Test
  void filenames_are_read_as_browsers_write_them() {
    assertThat(filename("\"a%22b.txt\"")).contains("a\"b.txt");
    assertThat(filename("\"a\\\"b.txt\"")).contains("a\"b.txt");
    assertThat(filename("\"C:\\dir\\b.txt\"")).contains("b.txt");
    assertThat(filename("\"dir/b.txt\"; x=y")).contains("b.txt");
    assertThat(filename("\"a;b=c.txt\"")).contains("a;b=c.txt");
    assertThat(filename("b.txt ")).contains("b.txt");
    assertThat(filename("\"\"")).contains("");
    assertThat(filename("\"\u00c3\u00bc.txt\"")).contains("\u00fc.txt");
    assertThat(PartHead.of(List.of("Content-Disposition: form-data; name=f")).filename()).isEmpty();
  }

  private static Optional<String> filename(String value) {
    return PartHead.of(List.of("Content-Disposition: form-data; name=f; filename=" + value))
        .filename();
  }

  @Test
  void whatever_comes_is_read_or_refused_alike_however_it_is_split() {
    Seeds.each(
        2_000,
        gen -> {
          String form =
              String.join(
                  "",
                  gen.list(
                      0,
                      12,
                      () ->
                          gen.oneOf(
                              "--B",
                              "\r\n",
                              "--B\r\n",
                              "--B--",
                              "\r\n--B",
                              "\r",
                              "\n",
                              "-",
                              HEAD,
                              "x",
                              "--",
                              " ",
                              "Content-Disposition: form-data; name=",
                              "\"")));
          String whole = outcome(Splits.whole(bytes(form)));
          assertThat(outcome(Splits.bytewise(bytes(form)))).as(form).isEqualTo(whole);
          assertThat(outcome(Splits.random(bytes(form), 5, gen))).as(form).isEqualTo(whole);
        });
  }

  private static String outcome(Split split) {
    try {
      return read("B", split).toString();
    } catch (IllegalArgumentException refused) {
      return String.valueOf(refused.getMessage());
    }
  }
}
